import { expect, test } from 'vitest'
import { newId } from './new-id.ts'

test('makes UUIDs of version 7 that begin with the time', () => {
  expect(newId(0x0123456789ab)).toMatch(/^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(newId(1_700_000_000_001) > newId(1_700_000_000_000)).toBe(true)
})

test('no two are alike', () => {
  expect(new Set(Array.from({ length: 1000 }, () => newId(1))).size).toBe(1000)
})

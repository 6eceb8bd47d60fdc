import { expect, it } from 'vitest'
import { newId } from './ambient.ts'

it('gives ids that are UUIDs of version 7, all different, each sorting after the one before', () => {
  const ids = Array.from({ length: 50_000 }, newId)
  for (const id of ids.slice(0, 100)) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  }
  expect(new Set(ids).size).toBe(ids.length)
  expect([...ids].sort()).toEqual(ids)
  const age = Date.now() - Number.parseInt((ids[0] ?? '').replaceAll('-', '').slice(0, 12), 16)
  expect(age).toBeGreaterThanOrEqual(0)
  expect(age).toBeLessThan(60_000)
})

import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { keyBytes } from './key-text.ts'

describe('a seal key as text', () => {
  const key = randomBytes(32)

  it('is read in base64, in its URL-safe letters, and in hexadecimal', () => {
    for (const spelling of ['base64', 'base64url', 'hex'] as const) {
      expect(keyBytes(`${key.toString(spelling)}\n`)).toEqual(key)
    }
    expect(keyBytes(key.toString('hex').toUpperCase())).toEqual(key)
  })

  it('is none when it is too short, too long or something else', () => {
    for (const bytes of [16, 31, 33, 64]) {
      expect(keyBytes(randomBytes(bytes).toString('base64'))).toBeNull()
      expect(keyBytes(randomBytes(bytes).toString('hex'))).toBeNull()
    }
    expect(keyBytes('')).toBeNull()
    expect(keyBytes('correct horse battery staple')).toBeNull()
  })
})

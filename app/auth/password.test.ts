import { describe, expect, it } from 'vitest'
import { checkPassword, hashPassword } from './password.server.ts'
import { problemWithPassword } from './password.ts'

describe('problemWithPassword', () => {
  it.each(['correct horse', '𠮷野家で牛丼を食べる昼休み', 'x1 y2 z3 w4 v5'])('takes %s', (password) => {
    expect(problemWithPassword(password, 'ada@example.org')).toBeNull()
  })
  it.each([
    '',
    'short',
    'abababababababab',
    'Ada.Moreau@example.org',
    'x'.repeat(257),
    'Password12345!',
    '123456789012',
    'qwertyuiop12',
    'passwordpassword',
  ])('refuses %s', (password) => {
    expect(problemWithPassword(password, 'ada.moreau@example.org')).not.toBeNull()
  })
})

describe('checkPassword', () => {
  it('knows a password however its accents are composed', async () => {
    const stored = await hashPassword('caf\u00e9 au lait')
    expect(stored).toMatch(/^\$argon2id\$/)
    expect(await checkPassword(stored, 'cafe\u0301 au lait')).toBe(true)
    expect(await checkPassword(stored, 'cafe au lait')).toBe(false)
  })

  it('is false without a hash, whatever the password', async () => {
    expect(await checkPassword(null, 'a password nobody has')).toBe(false)
    expect(await checkPassword(undefined, '')).toBe(false)
  })
})

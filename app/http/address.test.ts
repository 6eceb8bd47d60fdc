import { describe, expect, it } from 'vitest'
import { addressOf, safePath } from './address.ts'

describe('safePath', () => {
  it('keeps a path of this site', () => {
    expect(safePath('/p/x/cases?page=2')).toBe('/p/x/cases?page=2')
  })
  it.each([null, '', 'https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', 'p/x'])(
    'leads %j to the start',
    (to) => {
      expect(safePath(to)).toBe('/')
    },
  )
})

describe('addressOf', () => {
  it('is empty where the server told none', () => {
    expect(addressOf({ address: '203.0.113.7' })).toBe('203.0.113.7')
    expect(addressOf({})).toBe('')
  })
})

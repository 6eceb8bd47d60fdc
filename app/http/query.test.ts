import { describe, expect, it } from 'vitest'
import { dayOf, pageOf, searchOf, valueIn } from './query.ts'

const query = (text: string) => new URLSearchParams(text)

describe('pageOf', () => {
  it.each([
    ['', 1],
    ['page=3', 3],
    ['page=0', 1],
    ['page=-2', 1],
    ['page=2.5', 1],
    ['page=x', 1],
    ['page=1e300', 1],
  ])('reads %s as %d', (text, page) => {
    expect(pageOf(query(text))).toBe(page)
  })
})

describe('dayOf', () => {
  it('is the first moment of the day in UTC, or of a later one', () => {
    expect(dayOf(query('from=2026-11-24'), 'from')).toBe(Date.UTC(2026, 10, 24))
    expect(dayOf(query('to=2026-02-28'), 'to', 1)).toBe(Date.UTC(2026, 2, 1))
  })
  it.each(['from=', 'from=2026-13-01', 'from=24.11.2026', 'from=2026-11-24T00:00', ''])('is null for %s', (text) => {
    expect(dayOf(query(text), 'from')).toBeNull()
  })
})

describe('searchOf and valueIn', () => {
  it('take spaces away and bound the length', () => {
    expect(searchOf(query('q=+ada++'))).toBe('ada')
    expect(searchOf(query(`q=${'x'.repeat(500)}`))).toHaveLength(200)
    expect(valueIn(query('a=+'), 'a')).toBeNull()
    expect(valueIn(query('a=b'), 'a')).toBe('b')
  })
})

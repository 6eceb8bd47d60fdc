import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { periodsOf, usualKind } from './periods.ts'

const rows = (...days: string[]) => days.map((day, i) => ({ at: Date.parse(`${day}T12:00:00Z`), roundId: `r${i % 2}` }))
const keys = (kind: 'week' | 'month' | 'quarter' | 'round', ...days: string[]) =>
  periodsOf(rows(...days), kind, new Map([['r0', { name: 'First', bridgesFromId: null }]])).periods

describe('periods', () => {
  it('are the weeks of ISO 8601, over the turn of a year', () => {
    expect(keys('week', '2024-12-29', '2024-12-30', '2026-01-01', '2026-12-31').map(({ key }) => key)).toEqual([
      '2024-W52',
      '2025-W01',
      '2026-W01',
      '2026-W53',
    ])
    expect(keys('week', '2026-09-02')[0]).toMatchObject({ label: 'the week of 31 August 2026', short: '31 Aug' })
  })

  it('are months, quarters and rounds by name', () => {
    expect(keys('month', '2026-09-30', '2026-10-01').map(({ label }) => label)).toEqual([
      'September 2026',
      'October 2026',
    ])
    expect(keys('quarter', '2026-09-30', '2026-10-01').map(({ key }) => key)).toEqual(['2026-Q3', '2026-Q4'])
    expect(keys('round', '2026-09-30', '2026-10-01').map(({ label }) => label)).toEqual(['First', 'A round'])
  })

  it('hold each rating, in the order of time', () => {
    const moment = fc.integer({ min: Date.UTC(1999, 0), max: Date.UTC(2040, 0) })
    const kind = fc.constantFrom('week' as const, 'month' as const, 'quarter' as const)
    fc.assert(
      fc.property(fc.array(moment, { minLength: 1, maxLength: 30 }), kind, (some, by) => {
        const given = some.sort((a, b) => a - b).map((at) => ({ at, roundId: '' }))
        const { periods, numbers } = periodsOf(given, by, new Map())
        given.forEach(({ at }, row) => {
          const { from, to } = periods[numbers[row] as number] ?? {}
          expect(at >= (from ?? Number.NaN) && at < (to ?? Number.NaN)).toBe(true)
        })
        expect([...numbers]).toEqual([...numbers].sort((a, b) => a - b))
        periods.slice(1).forEach(({ from }, i) => {
          expect(from).toBeGreaterThanOrEqual(periods[i]?.to ?? 0)
        })
      }),
    )
  })

  it('are rounds where all ratings fall into one month, else months', () => {
    expect(usualKind(rows('2026-09-02', '2026-09-03'))).toBe('round')
    expect(usualKind(rows('2026-09-02'))).toBe('month')
    expect(usualKind(rows('2026-09-02', '2026-10-03'))).toBe('month')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allot, olderFirst, seedsFor } from './allot.ts'

const raters = (n: number) => Array.from({ length: n }, (_, i) => `rater ${i}`)

describe('who rates what in a bridge', () => {
  it('is shared out evenly where everybody may rate everything', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 60 }), fc.nat(11), (people, items, n) => {
        const overlap = 1 + (n % people)
        const chosen = allot(
          Array.from({ length: items }, () => raters(people)),
          overlap,
        )
        for (const own of chosen) expect(new Set(own).size).toBe(overlap)
        const loads = raters(people).map((rater) => chosen.filter((own) => own.includes(rater)).length)
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('keeps everybody from what they may not rate, and takes fewer where there are not enough', () => {
    expect(allot([['a'], [], ['a', 'b']], 2).map((own) => own.sort())).toEqual([['a'], [], ['a', 'b']])
  })
})

describe('which version comes first', () => {
  it('is the older one for half of the raters', () => {
    const counts = (n: number) => new Set(Array.from({ length: 60 }, () => olderFirst(raters(n)).size))
    expect(counts(6)).toEqual(new Set([3]))
    expect(counts(5)).toEqual(new Set([2, 3]))
    expect(counts(1)).toEqual(new Set([0, 1]))
  })

  it('is said by the lower seed', () => {
    for (let i = 0; i < 200; i++) {
      const [older, newer] = [seedsFor(true), seedsFor(false)]
      expect(older.from).toBeLessThan(older.to)
      expect(newer.to).toBeLessThan(newer.from)
      expect(Math.max(older.to, newer.from)).toBeLessThan(2 ** 31)
    }
  })
})

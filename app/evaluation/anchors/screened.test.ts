import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearMiddle } from './screened.ts'

const candidates = (places: readonly (number | null)[]) => places.map((place, i) => ({ responseId: `r${i}`, place }))

describe('nearMiddle', () => {
  it('keeps the half nearest the middle, and none that could not be judged', () => {
    const near = nearMiddle(candidates([0, 0.4, null, 0.55, 1, 0.9]))
    expect(near.map(({ place }) => place)).toEqual([0.55, 0.4, 0.9])
    expect(nearMiddle(candidates([null, null]))).toEqual([])
    expect(nearMiddle([])).toEqual([])
  })

  it('leaves out none that is nearer than one it keeps', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }), (places) => {
        const all = candidates(places)
        const kept = nearMiddle(all)
        const far = (place: number | null) => Math.abs((place ?? 2) - 0.5)
        const out = all.filter((one) => !kept.includes(one))
        expect(kept).toHaveLength(Math.ceil(all.length / 2))
        expect(Math.max(0, ...kept.map(({ place }) => far(place)))).toBeLessThanOrEqual(
          Math.min(1, ...out.map(({ place }) => far(place))),
        )
      }),
    )
  })

  it('breaks ties at random', () => {
    const all = candidates([0.5, 0.5, 0.5, 0.5])
    const seen = new Set(Array.from({ length: 60 }, () => nearMiddle(all).map(({ responseId }) => responseId)).flat())
    expect(seen.size).toBe(4)
  })
})

import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../random.ts'
import { normalDraws } from '../normal-draws.ts'
import { type BaselineReadings, baselineReadings } from './baseline-readings.ts'

const RATERS = 12

/** Each item is rated by two neighbours, so that the raters are a chain; `first` of them is the first rater of item i. */
function chain(normal: () => number, first: (item: number) => number, itemCount: number): BaselineReadings {
  const entries = Array.from({ length: 2 * itemCount }, (_, entry) => entry)
  const found = baselineReadings({
    itemCount,
    raterCount: RATERS,
    item: Uint32Array.from(entries, (entry) => entry >> 1),
    rater: Uint32Array.from(entries, (entry) => first(entry >> 1) + (entry & 1)),
    score: Float64Array.from(entries, normal),
  })
  if (!found.estimable) throw new Error(found.reason)
  return found
}

describe('errors of readings in a chain of raters', () => {
  const links = 2 * (RATERS - 1)
  const linked = (item: number) => item % (RATERS - 1)

  it('are as large as readings of raters who do not differ vary, at the ends and in the middle', () => {
    const normal = normalDraws(seededRandom(4))
    const drawn = Array.from({ length: 2_000 }, () => chain(normal, linked, links))
    const { covariance, noise } = drawn[0] as BaselineReadings
    const found = (a: number, b: number) =>
      drawn.reduce((sum, { reading }) => sum + (reading[a] as number) * (reading[b] as number), 0) / drawn.length
    for (const [a, b] of [
      [0, 0],
      [5, 5],
      [0, 1],
      [0, 11],
    ] as const)
      expect(Math.abs(found(a, b) - covariance(a, b) / noise)).toBeLessThan(0.25)
    // twelve raters in a chain of two items a link: the end is 11 links of variance 1 away from the other end
    const { covariance: of } = drawn[0] as BaselineReadings
    expect((of(0, 0) + of(11, 11) - 2 * of(0, 11)) / noise).toBeCloseTo(RATERS - 1, 9)
  })

  it('add up to none over the panel, and are the root of the variance', () => {
    const { covariance, error } = chain(normalDraws(seededRandom(5)), linked, links)
    for (let one = 0; one < RATERS; one++) {
      const sum = Array.from({ length: RATERS }, (_, other) => covariance(one, other)).reduce((a, b) => a + b)
      expect(sum).toBeCloseTo(0, 9)
      expect((error[one] as number) ** 2).toBeCloseTo(covariance(one, one), 12)
    }
  })

  it('are the spread of the panel, and nobody else’s, for a rater whom nothing links', () => {
    // the last rater shares no item: pairs up to the one before
    const { covariance, error, reading } = chain(normalDraws(seededRandom(6)), (item) => item % (RATERS - 2), links)
    const panel = Array.from(reading.slice(0, RATERS - 1))
    const spread = Math.sqrt(panel.reduce((sum, value) => sum + value ** 2, 0) / panel.length)
    expect(error[RATERS - 1]).toBeCloseTo(spread, 9)
    expect(covariance(RATERS - 1, 0)).toBe(0)
  })
})

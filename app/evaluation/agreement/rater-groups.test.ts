import { describe, expect, it } from 'vitest'
import { ratingsFrom, type Triple } from '#app/stats/agreement/ratings.ts'
import { seededRandom } from '#app/stats/random.ts'
import { raterGroups } from './rater-groups.ts'

const LEVELS = [1, 2, 3, 4]

/** Eight raters, three to an item; `give` says what a rater scores an item of a given quality (0 to 1). */
function simulate(items: number, seed: number, give: (rater: number, quality: number, noise: number) => number) {
  const random = seededRandom(seed)
  const triples: Triple[] = []
  for (let item = 0; item < items; item++) {
    const quality = random.uniform()
    const raters = Array.from({ length: 8 }, (_, rater) => rater)
    for (let draw = 0; draw < 3; draw++) {
      const [rater] = raters.splice(Math.floor(random.uniform() * raters.length), 1) as [number]
      const score = Math.round(give(rater, quality, random.uniform() - 0.5))
      triples.push({ item: `i${item}`, rater: `r${rater}`, score: Math.min(4, Math.max(1, score)) })
    }
  }
  return ratingsFrom(triples, LEVELS)
}

describe('groups of raters', () => {
  it('finds three raters who give a 2 where the five others give a 3', () => {
    const found = raterGroups(
      simulate(200, 3, (rater, quality, noise) => {
        const level = 1 + 3 * quality + 0.6 * noise
        return rater >= 5 && level > 2 && level < 3.5 ? level - 1 : level
      }),
    )
    expect(found?.raters.map((group) => [...group].sort())).toEqual([
      ['r0', 'r1', 'r2', 'r3', 'r4'],
      ['r5', 'r6', 'r7'],
    ])
    expect(found?.levels).toEqual({ low: 2, high: 3 })
    expect(Math.min(...(found?.within ?? [0]))).toBeGreaterThan((found?.across ?? 1) + 0.2)
  })

  it('finds them in a sample where there are very many items', () => {
    const found = raterGroups(
      simulate(5_000, 4, (rater, quality, noise) => {
        const level = 1 + 3 * quality + 0.6 * noise
        return rater >= 5 && level > 1.5 ? level - 1.2 : level
      }),
    )
    expect(found?.raters[1].toSorted()).toEqual(['r5', 'r6', 'r7'])
  })

  it('finds none in raters who differ by chance only, however many splits there are to try', () => {
    const found = Array.from({ length: 20 }, (_, seed) =>
      raterGroups(simulate(120, seed + 10, (_rater, quality, noise) => 1 + 3 * quality + 2.5 * noise)),
    )
    expect(found.filter((groups) => groups !== null)).toHaveLength(0)
  })

  it('does not call two careless raters a group', () => {
    const found = raterGroups(
      simulate(200, 5, (rater, quality, noise) => (rater < 2 ? 2.5 + 3.9 * noise : 1 + 3 * quality + 0.6 * noise)),
    )
    expect(found).toBeNull()
  })

  it('says nothing about three raters, or without variation', () => {
    expect(raterGroups(simulate(50, 1, () => 3))).toBeNull()
    const three = simulate(50, 1, (_r, quality) => 1 + 3 * quality)
    expect(raterGroups({ ...three, raterCount: 3 })).toBeNull()
  })
})

import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../random.ts'
import { normalDraws } from '../normal-draws.ts'
import { robustMean } from './robust-mean.ts'

const varianceOf = ({ shares }: { shares: readonly number[] }, variances: readonly number[]) =>
  shares.reduce((sum, share, index) => sum + share * (variances[index] as number), 0)

describe('robustMean', () => {
  it.each([3, 7, 20])('of %i values has an error no larger than it says, and not much smaller', (count) => {
    const normal = normalDraws(seededRandom(count))
    const variances = Array.from({ length: count }, (_, i) => [1, 0.5, 2][i % 3] as number)
    let [squares, said] = [0, 0]
    const draws = 4000
    for (let draw = 0; draw < draws; draw++) {
      const found = robustMean(
        variances.map((variance) => Math.sqrt(variance) * normal()),
        variances,
      )
      squares += found.mean ** 2
      said += varianceOf(found, variances)
    }
    expect(said / squares).toBeGreaterThan(0.97)
    expect(said / squares).toBeLessThan(1.6)
  })

  it('is not moved by one who is far off, and says little where two disagree', () => {
    const one = robustMean([0, 0.1, -0.1, 9], [1, 1, 1, 1])
    expect(one.mean).toBeCloseTo(0, 1)
    const alike = robustMean([0, 0.1], [0.01, 0.01])
    const apart = robustMean([0, 4], [0.01, 0.01])
    expect(varianceOf(apart, [0.01, 0.01])).toBeGreaterThan(100 * varianceOf(alike, [0.01, 0.01]))
  })
})

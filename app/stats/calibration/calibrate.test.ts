import { describe, expect, it } from 'vitest'
import { fairScores, severities } from '#tests/support/calibration.ts'
import { seededRandom } from '../random.ts'
import { calibrate } from './calibrate.ts'
import type { Severity } from './calibration.ts'
import { drawExample } from './example.ts'
import type { Scores } from './scores.ts'
import { drawScores } from './simulate.ts'

const example = drawExample(seededRandom(11), { items: 120, raters: 8, dimensions: 3, overlap: 3 })
const METHODS = ['mml', 'jml'] as const
const MODELS = ['partial-credit', 'rating-scale'] as const
const ways = METHODS.flatMap((method) => MODELS.map((model) => ({ method, model })))

function expectClose(found: readonly number[], expected: readonly number[], tolerance = 1e-7): void {
  expect(found).toHaveLength(expected.length)
  found.forEach((value, i) => {
    expect(Math.abs(value - (expected[i] as number))).toBeLessThan(tolerance)
  })
}

/** A permutation as the new number of each old one. */
function shuffled(size: number, seed: number): Uint32Array {
  const random = seededRandom(seed)
  const order = Uint32Array.from({ length: size }, (_, i) => i)
  for (let i = size - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1))
    const kept = order[i] as number
    order[i] = order[j] as number
    order[j] = kept
  }
  return order
}

describe.each(ways)('invariants: $method, $model', ({ method, model }) => {
  const { scores } = example
  const plain = calibrate(scores, { method, model })

  it('names and order of raters, items and entries change nothing', () => {
    const [raterOf, itemOf, at] = [shuffled(8, 1), shuffled(120, 2), shuffled(scores.item.length, 3)]
    const renamed: Scores = {
      ...scores,
      item: scores.item.map((_, i) => itemOf[scores.item[at[i] as number] as number] as number),
      rater: scores.rater.map((_, i) => raterOf[scores.rater[at[i] as number] as number] as number),
      dimension: scores.dimension.map((_, i) => scores.dimension[at[i] as number] as number),
      level: scores.level.map((_, i) => scores.level[at[i] as number] as number),
    }
    const other = calibrate(renamed, { method, model })
    const back = (values: readonly number[], names: Uint32Array) => [...names].map((name) => values[name] as number)
    for (const key of ['logit', 'se', 'points'] as const)
      expectClose(
        back(
          severities(other).map((severity) => severity[key]),
          raterOf,
        ),
        severities(plain).map((severity) => severity[key]),
      )
    expectClose(back(fairScores(other), itemOf), fairScores(plain))
  })

  it('a constant added to all levels moves fair scores by it and nothing else', () => {
    const moved = { ...scores, levels: scores.levels.map((levels) => levels.map((level) => level + 10)) }
    const other = calibrate(moved, { method, model })
    expectClose(
      fairScores(other),
      fairScores(plain).map((score) => score + 10),
    )
    expect(severities(other)).toEqual(severities(plain))
  })

  it('a scale turned round turns severity round', () => {
    const turned = { ...scores, level: scores.level.map((level) => 3 - level) }
    const other = severities(calibrate(turned, { method, model }))
    expectClose(
      other.map(({ logit }) => -logit),
      severities(plain).map(({ logit }) => logit),
      1e-6,
    )
    expectClose(
      other.map(({ points }) => -points),
      severities(plain).map(({ points }) => points),
      1e-6,
    )
  })

  it('severities sum to 0, each with an error; points go the other way', () => {
    const all = severities(plain)
    expect(Math.abs(all.reduce((sum, { logit }) => sum + logit, 0))).toBeLessThan(1e-9)
    for (const { logit, se, points, pointsSe, shrunk } of all) {
      expect(se).toBeGreaterThan(0)
      expect(pointsSe).toBeGreaterThan(0)
      expect(points * logit).toBeLessThanOrEqual(0)
      expect(Math.abs(shrunk.logit)).toBeLessThanOrEqual(Math.abs(logit))
    }
  })
})

describe('severities', () => {
  it('are recovered', () => {
    const size = { items: 3000, raters: 10, dimensions: 4, overlap: 3 }
    const { scores, truth } = drawExample(seededRandom(5), size)
    const all = severities(calibrate(scores))
    all.forEach(({ logit, se }, rater) => {
      expect(Math.abs(logit - (truth.severity[rater] as number))).toBeLessThan(4 * se)
      expect(se).toBeLessThan(0.06)
    })
  })

  it('a rater made 1 logit more severe is found 1 logit more severe than the others, and lower in points', () => {
    const size = { items: 2000, raters: 6, dimensions: 4, overlap: 3 }
    const { scores, truth } = drawExample(seededRandom(6), size)
    const severer = { ...truth, severity: truth.severity.map((value, rater) => value + (rater === 2 ? 1 : 0)) }
    const before = severities(calibrate(scores))
    const after = severities(calibrate(drawScores(seededRandom(60), scores, severer)))
    const shift = (pick: (severity: Severity) => number) => {
      const moves = after.map((severity, rater) => pick(severity) - pick(before[rater] as Severity))
      const others = moves.filter((_, rater) => rater !== 2)
      return (moves[2] as number) - others.reduce((sum, move) => sum + move, 0) / others.length
    }
    expect(Math.abs(shift(({ logit }) => logit) - 1)).toBeLessThan(0.2)
    expect(shift(({ points }) => points)).toBeLessThan(-0.3)
  })

  it('the same scores again halve the variance of the marginal method and change no estimate', () => {
    const { scores } = example
    const twice: Scores = {
      ...scores,
      itemCount: 240,
      item: Uint32Array.from([...scores.item, ...scores.item.map((item) => item + 120)]),
      rater: Uint32Array.from([...scores.rater, ...scores.rater]),
      dimension: Uint8Array.from([...scores.dimension, ...scores.dimension]),
      level: Uint8Array.from([...scores.level, ...scores.level]),
    }
    const [one, two] = [severities(calibrate(scores)), severities(calibrate(twice))]
    expectClose(
      two.map(({ logit }) => logit),
      one.map(({ logit }) => logit),
    )
    expectClose(
      two.map(({ se }) => se * Math.SQRT2),
      one.map(({ se }) => se),
    )
    expectClose(
      two.map(({ robustSe }) => (robustSe ?? 0) * Math.SQRT2),
      one.map(({ robustSe }) => robustSe ?? 0),
    )
  })

  it('mean squares of the model are 1 on average, in the marginal method at small overlap too', () => {
    const { scores } = drawExample(seededRandom(8), { items: 2000, raters: 10, dimensions: 2, overlap: 2 })
    const { raters } = calibrate(scores)
    const mean = (pick: (fit: { infit: number; outfit: number }) => number) =>
      raters.reduce((sum, { fit }) => sum + (fit.estimable ? pick(fit) : Number.NaN), 0) / raters.length
    expect(mean(({ infit }) => infit)).toBeCloseTo(1, 1)
    expect(mean(({ outfit }) => outfit)).toBeCloseTo(1, 1)
  })
})

describe('unconnected raters', () => {
  const first = drawExample(seededRandom(21), { items: 80, raters: 4, dimensions: 3, overlap: 2 }).scores
  const second = drawExample(seededRandom(22), { items: 60, raters: 3, dimensions: 3, overlap: 2 }).scores
  const both: Scores = {
    levels: first.levels,
    itemCount: 140,
    raterCount: 7,
    item: Uint32Array.from([...first.item, ...second.item.map((item) => item + 80)]),
    rater: Uint32Array.from([...first.rater, ...second.rater.map((rater) => rater + 4)]),
    dimension: Uint8Array.from([...first.dimension, ...second.dimension]),
    level: Uint8Array.from([...first.level, ...second.level]),
  }

  it.each(METHODS)('%s: each group averages 0, and what would join them is said', (method) => {
    const calibration = calibrate(both, { method })
    const all = severities(calibration)
    expect(calibration.components.count).toBe(2)
    for (const group of [all.slice(0, 4), all.slice(4)])
      expect(Math.abs(group.reduce((sum, { logit }) => sum + logit, 0))).toBeLessThan(1e-9)
    expect(calibration.separation.estimable).toBe(false)
    expect(calibration.links).toHaveLength(1)
    expect(calibration.overall.estimable && calibration.overall.remarks[0]).toMatch(/2 groups that share no item/)
  })

  it('joint method: another group changes no severity once steps are the same', () => {
    const twin: Scores = { ...both, itemCount: 160, raterCount: 8, ...doubled(first) }
    const alone = severities(calibrate(first, { method: 'jml' }))
    const beside = severities(calibrate(twin, { method: 'jml' }))
    expectClose(
      beside.map(({ logit }) => logit),
      [...alone, ...alone].map(({ logit }) => logit),
    )
  })

  function doubled({ item, rater, dimension, level }: Scores) {
    return {
      item: Uint32Array.from([...item, ...item.map((one) => one + 80)]),
      rater: Uint32Array.from([...rater, ...rater.map((one) => one + 4)]),
      dimension: Uint8Array.from([...dimension, ...dimension]),
      level: Uint8Array.from([...level, ...level]),
    }
  }
})

import { describe, expect, it } from 'vitest'
import type { Estimated } from '../../estimate.ts'
import { type Beyond, beyondOthers } from './beyond-others.ts'
import { type MeanChange, meanChange } from './mean-change.ts'

const changes = (differences: readonly (readonly number[])[]): MeanChange[] =>
  differences.map((some) => {
    const change: Estimated<MeanChange> = meanChange(some)
    if (!change.estimable) throw new Error(change.reason)
    return change
  })

const UNMOVED = [0, 1, -1, 0, 1, -1, 0, 0]

describe('beyondOthers', () => {
  it('does not take five differences that are alike for five without error', () => {
    const [alike, ...others] = beyondOthers(changes([[-1, -1, -1, -1, -1], UNMOVED, UNMOVED, UNMOVED])) as Beyond[]
    expect(alike?.difference).toBeCloseTo(-1, 12)
    expect(alike?.p).toBeGreaterThan(0.001)
    expect(alike?.p).toBeLessThan(0.1)
    for (const { p } of others) expect(p).toBeGreaterThan(0.5)
  })

  it('holds a change against none where there are not two others', () => {
    const [first] = beyondOthers(changes([[-1, 0, -1, 0, -1], UNMOVED]))
    expect(first?.difference).toBeCloseTo(-0.6, 12)
  })

  it('accuses neither of two raters because of a third', () => {
    const far = UNMOVED.map((difference) => difference - 2)
    const [third, first, second] = beyondOthers(changes([far, UNMOVED, UNMOVED]))
    expect(third?.p).toBeLessThan(0.01)
    expect(first?.p).toBeGreaterThan(0.1)
    expect(second?.p).toBeGreaterThan(0.1)
  })

  it('knows equal changes from others where nothing has any spread', () => {
    const found = beyondOthers(
      changes([
        [1, 1, 1],
        [1, 1, 1],
        [1, 1, 1],
        [2, 2, 2],
      ]),
    )
    expect(found.map(({ p }) => p > 0.5)).toEqual([true, true, true, false])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AnchorAtHand, inRotation } from './choose.ts'
import { ANCHOR_SHARE_MOST, anchorNumber } from './share.ts'

const anchor = (responseId: string, lastRatedAt: number | null, lastUsedAt: number | null = null): AnchorAtHand => ({
  responseId,
  caseId: responseId,
  selectionProbability: 1,
  lastRatedAt,
  lastUsedAt,
})

const ids = (chosen: readonly AnchorAtHand[]) => chosen.map(({ responseId }) => responseId)

describe('anchors in rotation', () => {
  it('come in the order in which raters last met them, in a rating or in a round made with them', () => {
    const all = [anchor('new', 900), anchor('old', 100), anchor('never', null), anchor('planned', 50, 950)]
    expect(ids(inRotation(all, 3))).toEqual(['never', 'old', 'new'])
    expect(ids(inRotation(all, 9))).toHaveLength(4)
    expect(inRotation(all, 0)).toEqual([])
  })

  it('break ties at random', () => {
    const all = ['a', 'b', 'c', 'd'].map((id) => anchor(id, 5))
    expect(new Set(Array.from({ length: 80 }, () => ids(inRotation(all, 1))).flat()).size).toBe(4)
  })
})

describe('the share of anchors', () => {
  it('is of all items, the anchors among them', () => {
    expect(anchorNumber(0.1, 90)).toBe(10)
    expect(anchorNumber(0.5, 40)).toBe(40)
    expect(anchorNumber(0, 90)).toBe(0)
    expect(anchorNumber(0.1, 0)).toBe(0)
    expect(anchorNumber(0.01, 3)).toBe(1)
  })

  it('is as near to what was asked for as whole items allow', () => {
    const share = fc.double({ min: 0.01, max: ANCHOR_SHARE_MOST, noNaN: true })
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: 5_000 }), (asked, others) => {
        const n = anchorNumber(asked, others)
        const off = (m: number) => Math.abs(m - (asked * others) / (1 - asked))
        expect(n === 1 || off(n) <= 0.5 + 1e-9).toBe(true)
      }),
    )
  })
})

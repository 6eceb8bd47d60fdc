import { describe, expect, it } from 'vitest'
import { bridgePairs } from './bridge-pairs.ts'
import { kindOf } from './kinds.ts'
import type { DriftRow } from './rows.ts'

describe('what a rating stands for', () => {
  it('follows from the reason of its item, and from what the answer became', () => {
    const anchor = (drawn: 'picked' | 'random' | 'screened') => ({ drawn, addedAt: 100 })
    const kind = (reason: DriftRow['reason'], at: number, drawn?: Parameters<typeof anchor>[0]) =>
      kindOf({ reason, at }, drawn && anchor(drawn))
    expect(kind('control', 50)).toBe('live')
    expect(kind('control', 50, 'random')).toBe('live-anchor')
    expect(kind('control', 50, 'screened')).toBe('live')
    expect(kind('control', 50, 'picked')).toBe('live')
    expect(kind('control', 100, 'screened')).toBe('live-anchor')
    expect(kind('anchor', 50)).toBe('anchor')
    expect(kind('bridge', 50, 'random')).toBe('bridge')
    for (const reason of ['training', 'gold', 'adjudication', 'repeat', 'reference'] as const)
      expect(kind(reason, 50, 'random')).toBeNull()
  })
})

describe('the pairs of a bridge', () => {
  const DAY = 86_400_000
  const row = (versionId: string, day: number, over: Partial<DriftRow> = {}): DriftRow => ({
    responseId: 'answer',
    raterId: 'ada',
    versionId,
    roundId: versionId === 'new' ? 'bridge' : 'ordinary',
    at: day * DAY,
    reason: versionId === 'new' ? 'bridge' : 'control',
    source: 'app',
    category: '',
    userSegment: '',
    systemVersionId: '',
    levels: [3],
    ...over,
  })
  const rounds = new Map([['bridge', { name: 'Bridge', bridgesFromId: 'old' }]])
  const pairs = (rows: DriftRow[], taken = (_row: number) => true) =>
    bridgePairs(rows, taken, rounds).map(({ before, after }) => [before, after])

  it('are the rater’s own nearest rating of the same answer under the older version, before or after', () => {
    expect(pairs([row('old', 0), row('old', 20), row('new', 24), row('old', 27)])).toEqual([[3, 2]])
    expect(pairs([row('old', 0, { raterId: 'bo' }), row('new', 1)])).toEqual([])
    expect(pairs([row('old', 0, { responseId: 'other' }), row('new', 1)])).toEqual([])
    expect(pairs([row('older', 0), row('new', 1)])).toEqual([])
  })

  it('are not made from what says nothing, nor over more than a quarter of a year', () => {
    expect(pairs([row('old', 0), row('new', 1)], (one) => one !== 0)).toEqual([])
    expect(pairs([row('old', 0), row('new', 92)])).toEqual([[0, 1]])
    expect(pairs([row('old', 0), row('new', 93)])).toEqual([])
  })
})

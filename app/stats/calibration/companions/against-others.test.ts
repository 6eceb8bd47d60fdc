import { describe, expect, it } from 'vitest'
import { scoresOf } from '#tests/support/calibration.ts'
import { companyOf } from './company.ts'
import { levelCountsByRater } from './level-counts.ts'
import { withConsensus } from './with-consensus.ts'

describe('a rater against the others', () => {
  // the others of x: a 3 and 4 (median 3.5), b 2 and 2, c one score only
  const scores = scoresOf(['a x 3', 'a y 3', 'a z 4', 'b x 4', 'b y 2', 'b z 2', 'c x 1', 'c y 4'])

  it('agrees where the median is no more than half a level away, and is far beyond one level', () => {
    const [x, y] = withConsensus(scores)
    expect(x?.same).toMatchObject({ estimate: 0.5, items: 2 })
    expect(x?.far).toMatchObject({ estimate: 0.5, items: 2 })
    // y: a 3 against 3 and 4; b 2 against 4 and 2 (median 3): one level away is not far
    expect(y?.same).toMatchObject({ estimate: 0.5 })
    expect(y?.far).toMatchObject({ estimate: 0 })
    expect(withConsensus(scoresOf(['a x 1', 'a y 2']))[0]?.same).toEqual({
      estimable: false,
      reason: 'no item was scored by two others too',
    })
  })

  it('counts own levels and those of the others on the same things', () => {
    expect(levelCountsByRater(scores)[0]).toEqual({ own: [[1, 0, 1, 1]], others: [[0, 2, 1, 2]] })
  })

  it('numbers its company, and the largest share one other has in it', () => {
    expect(companyOf(scores)[0]).toEqual({ items: 3, others: 2, largestShare: 3 / 5 })
    expect(companyOf(scoresOf(['a x 12', 'b y 12']))[0]).toEqual({ items: 0, others: 0, largestShare: null })
  })
})

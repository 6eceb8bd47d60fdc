import { describe, expect, it } from 'vitest'
import { anchorRaters, anchorSeries } from '#app/stats/drift/report/anchor-series.ts'
import { plainlyFrozen } from '#app/stats/drift/report/frozen.ts'
import { seededRandom } from '#app/stats/random.ts'
import { drawQuiet, PROJECT, type QuietDesign } from './quiet-design.ts'

/** 200 raters whom some 4.5 baseline ratings each link to their neighbours, and so round about to all. */
const CHAIN: QuietDesign = { ...PROJECT, anchors: 300, raters: 200 }

function watched(design: QuietDesign, seed: number) {
  const ratings = drawQuiet(seededRandom(seed), design)
  const found = anchorSeries(ratings, 0, { frozen: plainlyFrozen, chart: { charts: anchorRaters(ratings) } })
  if (!found.estimable) throw new Error(found.reason)
  return found
}

const alarmed = ({ raterCharts }: ReturnType<typeof watched>) =>
  raterCharts.filter(({ ratio }) => ratio.alarms.length > 0).map(({ rater }) => rater)

describe('a long chain of raters in which nothing changes', () => {
  it.each([
    ['three raters an anchor', CHAIN],
    ['two raters an anchor', { ...CHAIN, anchors: 450, baseline: 2, ratings: 4 }],
  ])('has no alarms: errors of readings add up along it (%s)', (_, design) => {
    const found = [1, 2, 3, 4].map((seed) => watched(design, seed))
    // at one false alarm in 100 periods, 32 periods let expect .3; ratings counted one by one gave over 100
    expect(found.flatMap(alarmed).length).toBeLessThanOrEqual(2)
  })

  it('says whom it cannot watch, and who is to share anchors', () => {
    const { unwatched, raterCharts } = watched(CHAIN, 2)
    expect(unwatched.length).toBeGreaterThan(10)
    expect(raterCharts.length).toBeGreaterThan(10)
    const charted = new Set(raterCharts.map(({ rater }) => rater))
    for (const { rater, error, shareWith } of unwatched) {
      expect(charted.has(rater)).toBe(false)
      expect(error).toBeGreaterThan(1)
      expect(shareWith).not.toBe(rater)
    }
  })

  it('watches everybody in a well linked panel, and still finds one who changed', () => {
    const drift = { from: 4, by: 1.2 }
    const found = watched({ ...PROJECT, anchors: 60, baseline: 8, ratings: 4, drift }, 1)
    expect(found.unwatched).toEqual([])
    expect(alarmed(found)).toContain(0)
  })
})

import { describe, expect, it } from 'vitest'
import { componentsOf, linksToJoin } from './components.ts'
import { scoresFrom } from './scores.ts'

/** Pairs such as 'ax' (rater a, item x) as scores. */
function scored(...pairs: string[]) {
  const rows = pairs.map((pair) => ({ rater: pair[0] ?? '', item: pair[1] ?? '', dimension: 'd', score: 1 }))
  return scoresFrom(rows, () => [1, 2])
}

describe('components', () => {
  it('are found through chains of raters and items', () => {
    const scores = scored('ax', 'bx', 'by', 'cy', 'dz', 'ez')
    const { count, ofRater, ofItem } = componentsOf(scores)
    expect(count).toBe(2)
    expect([...ofRater]).toEqual([0, 0, 0, 1, 1])
    expect([...ofItem]).toEqual([0, 0, 1])
  })

  it('are numbered from the one with the most scores, and leave out what has none', () => {
    const scores = scored('ax', 'bx', 'cy', 'dy', 'dz')
    const { count, ofRater, ofItem } = componentsOf(scores)
    expect([count, ...ofRater]).toEqual([2, 1, 1, 0, 0])
    const takes = Uint8Array.of(1, 1, 0, 0, 0)
    expect([...componentsOf(scores, takes).ofRater, ...componentsOf(scores, takes).ofItem]).toEqual([
      0, 0, -1, -1, 0, -1, -1,
    ])
    expect([...ofItem]).toEqual([1, 0, 0])
  })

  it('each link joins its component to the largest, by the rater there with the least to do', () => {
    const scores = scored('ax', 'bx', 'by', 'dz', 'ez', 'fw', 'fv', 'gv')
    const components = componentsOf(scores)
    const links = linksToJoin(scores, components)
    expect(links).toHaveLength(components.count - 1)
    const joined = scoresFrom(
      [
        ...['ax', 'bx', 'by', 'dz', 'ez', 'fw', 'fv', 'gv'].map((pair) => [pair[0] ?? '', pair[1] ?? '']),
        ...links.map(({ rater, item }) => [scores.raters[rater] ?? '', scores.items[item] ?? '']),
      ].map(([rater = '', item = '']) => ({ rater, item, dimension: 'd', score: 1 })),
      () => [1, 2],
    )
    expect(componentsOf(joined).count).toBe(1)
    expect(new Set(links.map(({ rater }) => scores.raters[rater]))).toEqual(new Set(['a']))
  })

  it('one component needs no link, no score makes none', () => {
    const scores = scored('ax', 'bx')
    expect(linksToJoin(scores, componentsOf(scores))).toEqual([])
    expect(componentsOf(scored()).count).toBe(0)
  })
})

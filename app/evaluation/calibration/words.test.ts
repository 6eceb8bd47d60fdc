import { describe, expect, it } from 'vitest'
import type { CalibrationFigures, RaterFigures } from './figures.ts'
import { findingOf, separationInWords, unconnectedIn } from './words.ts'

const NAMES: Record<string, string> = { a: 'A. One', b: 'B. Two', c: 'C. Three' }
const nameOf = (id: string) => NAMES[id] ?? id

const rater = (id: string, points: number | string, se = 0.03, infit = 1): RaterFigures =>
  ({
    id,
    severity:
      typeof points === 'string'
        ? { estimable: false, reason: points }
        : {
            estimable: true,
            points,
            pointsSe: se,
            logit: -points,
            se,
            robustSe: null,
            shrunk: { logit: 0, se: 1 },
          },
    fit: { estimable: true, infit, outfit: 1, infitZ: 0, outfitZ: 0, scores: 100 },
  }) as unknown as RaterFigures

const contrast = (id: string, dimension: number, points: number) => ({
  rater: id,
  dimension,
  scores: 50,
  points,
  pointsSe: 0.05,
  logit: -points,
  se: 0.05,
  z: -points / 0.05,
})

const figures = (over: Partial<CalibrationFigures>): CalibrationFigures =>
  ({
    items: 40,
    raters: 3,
    ratings: 120,
    sources: { app: 120, import: 0, simulated: 0 },
    overall: { estimable: true, remarks: [] },
    components: 1,
    raterList: [],
    contrasts: [],
    dimensions: [{ name: 'Accuracy' }, { name: 'Conciseness' }],
    ...over,
  }) as unknown as CalibrationFigures

const said = (over: Partial<CalibrationFigures>) => {
  const { headline, more } = findingOf(figures(over), nameOf)
  return { head: headline.map(({ text }) => text).join(''), more: more.join(' ') }
}

describe('the finding', () => {
  it('names the most severe and the most lenient, the further first', () => {
    expect(said({ raterList: [rater('a', -0.2), rater('b', 0.31), rater('c', 0.02)] }).head).toBe(
      'B. Two scores 0.31 points higher than the average rater on the same items, A. One 0.20 points lower.',
    )
    expect(said({ raterList: [rater('a', -0.2), rater('b', 0.02)], components: 2 })).toMatchObject({
      head: 'A. One scores 0.20 points lower than the average rater of their group on the same items.',
      more: expect.stringContaining('two groups that share no item'),
    })
  })

  it('puts a larger contrast first, with all who lean the same way', () => {
    const { head, more } = said({
      raterList: [rater('a', -0.2), rater('b', 0.02)],
      contrasts: [contrast('b', 1, -0.6), contrast('a', 1, -0.5), contrast('c', 1, 0.55), contrast('a', 0, 0.01)],
    })
    expect(head).toBe(
      'On conciseness, B. Two and A. One score 0.50 to 0.60 points lower than the rest of their scores would have it.',
    )
    expect(more).toContain('A. One scores 0.20 points lower')
  })

  it('never names a difference whose interval holds 0', () => {
    expect(
      said({ raterList: [rater('a', -0.2, 0.2), rater('b', 0.1, 0.2)], contrasts: [contrast('a', 0, 0.08)] }).head,
    ).toBe('None of the two raters differs measurably from the average rater.')
  })

  it('says who is erratic, and what all rests on', () => {
    const { more } = said({ raterList: [rater('a', 0, 0.1, 1.8), rater('b', 0, 0.1)] })
    expect(more).toMatch(/^A\. One is harder to predict/)
    expect(more).toMatch(/This rests on 120 ratings of 40 items by 3 raters\.$/)
  })

  it('names three who are erratic and counts the others, names as they are spelled', () => {
    const erratic = (n: number) =>
      said({ raterList: Array.from({ length: n }, (_, i) => rater(`p${i}`, 0, 0.1, 1.8)) }).more
    expect(erratic(4)).toMatch(/^p0, p1, p2 and one other are harder to predict/)
    expect(erratic(5)).toMatch(/^p0, p1, p2 and two others are harder to predict/)
  })

  it('says why nothing can be measured', () => {
    const alone = 'shares no item with another rater'
    expect(said({ raterList: [rater('a', 0.2)] }).head).toBe('No severity can be measured: A. One is the only rater.')
    expect(said({ raterList: [rater('a', alone), rater('b', alone)] }).head).toBe(
      'No severity can be measured: A. One shares no item with another rater. Have several raters score the same items.',
    )
    expect(said({ overall: { estimable: false, reason: 'there are no scores' } })).toMatchObject({
      head: 'Severity cannot be measured.',
      more: expect.stringMatching(/^There are no scores\./),
    })
    expect(unconnectedIn({ components: 3 })).toMatch(/three groups/)
  })
})

describe('separation', () => {
  const found = {
    estimable: true,
    sd: 0.3,
    rmse: 0.1,
    separation: 2.8,
    reliability: 0.89,
    strata: 4.1,
    chiSquare: 60,
    df: 5,
  } as const
  it('is bad news where it is high, and says so', () => {
    expect(separationInWords({ ...found, p: 1e-9 })).toBe(
      'The raters differ in severity by more than chance, so far that about four groups can be told apart (separation 2.80, reliability 0.89, p below 0.001). For raters a high reliability is bad news: it matters who rates.',
    )
    expect(separationInWords({ ...found, p: 0.4 })).toMatch(/do not differ in severity by more than chance/)
    expect(separationInWords({ estimable: false, reason: 'needs two raters with a severity' })).toMatch(
      /cannot be said: needs/,
    )
  })
})

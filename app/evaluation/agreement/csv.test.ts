import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { agreementOf } from '#app/stats/agreement/agreement.ts'
import { gwetAc } from '#app/stats/agreement/gwet.ts'
import { patternsFrom } from '#app/stats/agreement/patterns.ts'
import { ratingsFrom } from '#app/stats/agreement/ratings.ts'
import { readingOf } from '#app/stats/agreement/reading.ts'
import { weightsOf } from '#app/stats/agreement/weights.ts'
import type { Breakdown } from './breakdown.ts'
import { dimensionCoefficients } from './coefficients.ts'
import { breakdownCsv, coefficientsCsv, figuresCsv, type Provenance } from './csv.ts'
import type { AgreementFigures, DimensionFigures } from './figures.ts'
import { NO_FILTER } from './filter.ts'

const LEVELS = [0, 1, 2]

function dimension(key: string, rows: { counts: number[]; items: number }[]): DimensionFigures {
  const patterns = patternsFrom(rows, LEVELS)
  const agreement = agreementOf(patterns, { draws: 200 })
  return {
    ...agreement,
    dimension: { id: key, key, name: `${key}, in words`, levels: LEVELS },
    raters: 3,
    cannotJudge: 2,
    ac2: gwetAc(patterns, weightsOf('quadratic', LEVELS)),
    reading: readingOf(agreement.alpha),
  }
}

const figures: AgreementFigures = {
  items: 41,
  raters: 3,
  ratings: 82,
  sources: { app: 0, import: 0, simulated: 82 },
  first: 0,
  last: 1,
  dimensions: [
    dimension('tone', [
      { counts: [2, 0, 0], items: 20 },
      { counts: [0, 2, 0], items: 15 },
      { counts: [0, 1, 1], items: 6 },
    ]),
    dimension('length', [{ counts: [0, 1, 0], items: 41 }]),
  ],
}

const provenance: Provenance = {
  filter: { ...NO_FILTER, rubricVersionId: 'v', from: 0, category: 'edge, case' },
  version: { id: 'v', name: 'Version 2', rubric: 'Tone', number: 2, newest: 1 },
  round: 'October round',
  systemVersion: null,
  raters: null,
  simulated: 82,
}

const rowsOf = (csv: string) => parse(csv, { columns: true }) as Record<string, string>[]

describe('the CSV of agreement', () => {
  it('has the figures at full precision, and with each line what it rests on', () => {
    const [tone] = rowsOf(figuresCsv(figures, provenance))
    const alpha = figures.dimensions[0]?.alpha
    expect(Number(tone?.alpha)).toBe(alpha?.estimable && alpha.estimate)
    expect(Number(tone?.alpha_low)).toBe(alpha?.estimable && alpha.interval.estimable && alpha.interval.low)
    expect(tone).toMatchObject({
      dimension: 'tone',
      name: 'tone, in words',
      items: '41',
      ratings: '82',
      cannot_judge: '2',
      levels: '0 1 2',
      level_counts: '40 36 6',
      rubric: 'Tone',
      rubric_version: '2',
      round: 'October round',
      from: '1970-01-01T00:00:00.000Z',
      before: '',
      category: 'edge, case',
      simulated_ratings: '82',
    })
  })

  it('leaves a cell empty where there is no figure, and says why', () => {
    const length = rowsOf(figuresCsv(figures, provenance))[1]
    expect(length).toMatchObject({
      alpha: '',
      alpha_low: '',
      ac2: '',
      alpha_not_estimable: 'no item has two or more ratings',
      reading: 'undecided',
    })
  })

  it('has the splits of disagreement in long form', () => {
    const breakdown: Breakdown = {
      estimable: true,
      levels: LEVELS,
      items: 41,
      levelPairs: [{ low: 1, high: 2, share: 1 }],
      raters: [
        {
          rater: 'r',
          share: 0.5,
          ratingsShare: 0.5,
          items: 41,
          alphaWithout: null,
          exact: 0.7,
          adjacent: 0.9,
          meanDifference: -0.25,
          differenceWithin: [-0.4, -0.1],
        },
      ],
      segments: [{ category: 'a', userSegment: 'b', items: 41, share: 1, alphaWithout: null }],
      worst: [{ item: 'i', share: 0.2, alphaWithout: null }],
      itemsApart: 6,
      spread: [35, 6, 0],
      paired: [],
      pairs: [
        {
          first: 'r',
          second: 's',
          items: 41,
          alpha: 0.9,
          kappa: 0.91,
          spearman: 0.8,
          tauB: null,
          exact: 0.8,
          meanDifference: 0,
        },
      ],
      groups: null,
    }
    const names = {
      raters: { r: { name: 'B. Marsh', short: 'Marsh' }, s: { name: 'K. Osei', short: 'Osei' } },
      items: { i: { label: 'What about it?', systemVersion: 'v1', caseId: 'c' } },
    }
    const rows = rowsOf(breakdownCsv(breakdown, names, 'tone', provenance))
    expect(rows.map(({ split, first, second, share, alpha }) => [split, first, second, share, alpha])).toEqual([
      ['levels', '1', '2', '1', ''],
      ['rater', 'B. Marsh', '', '0.5', ''],
      ['segment', 'a', 'b', '1', ''],
      ['item', 'What about it?', 'v1', '0.2', ''],
      ['pair of raters', 'B. Marsh', 'K. Osei', '', '0.9'],
    ])
    expect(rows[1]).toMatchObject({ mean_difference: '-0.25', mean_difference_low: '-0.4', adjacent: '0.9' })
    expect(rows[4]).toMatchObject({ quadratic_kappa: '0.91', spearman: '0.8', tau_b: '' })
  })
})

describe('the table of coefficients', () => {
  it('has the test that belongs to an intraclass correlation', () => {
    const scores = [9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8].map((score, i) => ({
      item: `i${Math.floor(i / 4)}`,
      rater: `r${i % 4}`,
      score,
    }))
    const found = dimensionCoefficients(ratingsFrom(scores, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))
    const [header = [], ...lines] = parse(coefficientsCsv(found, 'accuracy', provenance)) as string[][]
    const of = (name: string) => {
      const line = lines.find((one) => one[1] === name) ?? []
      return Object.fromEntries(header.map((column, i) => [column, line[i]]))
    }
    expect(of('icc3')).toMatchObject({ test: 'f', df1: '2', df2: '6' })
    expect(Number(of('icc3').p)).toBeGreaterThan(0)
    expect(of('ac2')).toMatchObject({ test: '', p: '' })
    for (const line of lines) expect(line).toHaveLength(header.length)
  })
})

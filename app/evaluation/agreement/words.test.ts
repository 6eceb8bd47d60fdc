import { describe, expect, it } from 'vitest'
import { agreementOf } from '#app/stats/agreement/agreement.ts'
import { gwetAc } from '#app/stats/agreement/gwet.ts'
import { patternsFrom } from '#app/stats/agreement/patterns.ts'
import { readingOf, roundUp } from '#app/stats/agreement/reading.ts'
import { weightsOf } from '#app/stats/agreement/weights.ts'
import type { Estimated } from '#app/stats/estimate.ts'
import type { AgreementFigures, DimensionFigures } from './figures.ts'
import { gapOf } from './gap-words.ts'
import { findingOf, forestInWords, lowerEnd } from './words.ts'

const LEVELS = [1, 2, 3, 4]

function dimension(name: string, alpha: Estimated, over: Partial<DimensionFigures> = {}): DimensionFigures {
  return {
    dimension: { id: name, key: name, name, levels: LEVELS },
    items: 212,
    pairableItems: 212,
    ratings: 600,
    perLevel: [10, 170, 340, 80],
    metric: 'ordinal',
    raters: 8,
    cannotJudge: 0,
    percentExact: alpha,
    percentAdjacent: alpha,
    ac2: { estimable: false, reason: 'not asked' },
    alpha,
    reading: readingOf(alpha),
    ...over,
  }
}

const known = (estimate: number, low: number, high: number, items = 212, rough = false): Estimated => ({
  estimable: true,
  estimate,
  items,
  interval: { estimable: true, low, high, method: 'bca', rough, draws: 2000, dropped: 0 },
})

const figures = (dimensions: DimensionFigures[], over: Partial<AgreementFigures> = {}): AgreementFigures => ({
  items: 212,
  raters: 8,
  ratings: 604,
  sources: { app: 604, import: 0, simulated: 0 },
  first: 0,
  last: 1,
  dimensions,
  ...over,
})

const said = (finding: ReturnType<typeof findingOf>) => finding.headline.map(({ text }) => text).join('')

const accuracy = dimension('Factual accuracy', known(0.86, 0.82, 0.9))
const groundedness = dimension('Groundedness', known(0.85, 0.81, 0.88))
const completeness = dimension('Completeness', known(0.77, 0.71, 0.82))
const uncertainty = dimension('Appropriate uncertainty', known(0.71, 0.64, 0.77))
const conciseness = dimension('Conciseness', known(0.54, 0.46, 0.61))
const groups = {
  raters: [
    ['a', 'b', 'c', 'd', 'e'],
    ['f', 'g', 'h'],
  ] as [string[], string[]],
  within: [0.78, 0.71] as [number, number],
  across: 0.34,
  levels: { low: 2, high: 3 },
}

describe('the finding', () => {
  it('says which are reliable, which are not, and how two groups of raters part', () => {
    const finding = findingOf(figures([accuracy, groundedness, conciseness]), { dimensionId: 'Conciseness', groups })
    expect(said(finding)).toBe(
      'Two of the three dimensions are reliable. Conciseness is not: five raters and three raters read its levels 2 and 3 in two different ways.',
    )
    expect(finding.headline.filter(({ strong }) => strong).map(({ text }) => text)).toEqual(['Conciseness is not'])
    expect(finding.more[0]).toBe(
      'Within each group alpha is 0.78 and 0.71; across the groups it is 0.34. Look at the anchor texts before the raters.',
    )
  })

  it('lets the lower end decide, names what is tentative, and says what could settle it', () => {
    const finding = findingOf(figures([accuracy, completeness, uncertainty]), null)
    expect(said(finding)).toBe(
      'One of the three dimensions is reliable. Appropriate uncertainty is not. Completeness bears only tentative conclusions.',
    )
    expect(finding.more[0]).toBe(
      'Appropriate uncertainty could go either way on 212 items; at the same alpha about 570 would settle it.',
    )
  })

  it('puts what could go either way in one sentence', () => {
    const near = dimension('Tone', known(0.84, 0.79, 0.88))
    expect(findingOf(figures([near, uncertainty]), null).more[0]).toBe(
      'Tone and appropriate uncertainty could go either way on 212 items; at the same alpha about 340 and 570 would settle them.',
    )
  })

  it('does not promise that more items help where alpha itself is too low, or where far too many would be needed', () => {
    const near = dimension('Tone', known(0.67, 0.6, 0.73))
    expect(findingOf(figures([conciseness, near]), null).more.join(' ')).not.toMatch(/settle/)
  })

  it('says it plainly when all are, none is, or nothing can be read', () => {
    expect(said(findingOf(figures([accuracy, groundedness]), null))).toBe('Both dimensions are reliable.')
    expect(said(findingOf(figures([accuracy]), null))).toBe('Factual accuracy is reliable.')
    expect(said(findingOf(figures([conciseness, uncertainty]), null))).toBe(
      'Neither dimension is reliable: alpha runs from 0.54 to 0.71.',
    )
    expect(said(findingOf(figures([conciseness]), null))).toBe('Conciseness is not reliable.')
    expect(said(findingOf(figures([conciseness, completeness]), null))).toBe(
      'Conciseness is not reliable. Completeness bears only tentative conclusions.',
    )
    expect(said(findingOf(figures([completeness, completeness, completeness]), null))).toBe(
      'All three dimensions bear only tentative conclusions.',
    )
    const nothing = { estimable: false, reason: 'no item has two or more ratings' } as const
    expect(said(findingOf(figures([dimension('A', nothing), dimension('B', nothing)]), null))).toBe(
      'Neither dimension can be read yet: no item has two or more ratings.',
    )
    expect(said(findingOf(figures([accuracy, dimension('B', nothing)]), null))).toBe(
      'One of the two dimensions is reliable. B cannot be read yet: no item has two or more ratings.',
    )
    const same = { estimable: false, reason: 'no variation' } as const
    expect(said(findingOf(figures([dimension('A', nothing), dimension('B', same)]), null))).toBe(
      'Neither dimension can be read yet. On a, no item has two or more ratings; on b, no variation.',
    )
  })

  it('says whose ratings they are, and never passes simulated ones for real', () => {
    const of = (sources: AgreementFigures['sources']) =>
      findingOf(figures([accuracy], { sources }), null).more.join(' ')
    expect(of({ app: 604, import: 0, simulated: 0 })).toBe(
      'The figures speak of these eight raters, not of all who could rate.',
    )
    expect(of({ app: 0, import: 0, simulated: 604 })).toMatch(/All 604 ratings are simulated/)
    expect(of({ app: 600, import: 0, simulated: 4 })).toMatch(/4 of the 604 ratings are simulated/)
    expect(of({ app: 0, import: 604, simulated: 0 })).toMatch(/All 604 ratings were imported/)
  })

  it('calls intervals from few items rough', () => {
    const few = dimension('Tone', known(0.9, 0.5, 0.99, 14, true))
    expect(findingOf(figures([few]), null).more.at(-1)).toBe('Intervals from fewer than 20 items are rough.')
    const nearPerfect = dimension('Tone', known(0.9, 0.5, 0.99, 24, true))
    expect(findingOf(figures([nearPerfect]), null).more.at(-1)).toBe(
      'The interval on tone is rough: all but one or two of its items agree.',
    )
  })
})

describe('the lower end', () => {
  it('shows on which side of a bound it lies', () => {
    expect([0.5, 0.66, 0.6649, 0.6652, 0.6669, 0.667, 0.6712, 0.68].map(lowerEnd)).toEqual([
      '0.50',
      '0.66',
      '0.66',
      '0.665',
      '0.666',
      '0.667',
      '0.671',
      '0.68',
    ])
    expect([0.794, 0.7951, 0.79999, 0.8, 0.803, 0.81].map(lowerEnd)).toEqual([
      '0.79',
      '0.795',
      '0.799',
      '0.80',
      '0.803',
      '0.81',
    ])
  })
})

describe('the gap between AC2 and alpha', () => {
  const gathered = (rows: { counts: number[]; items: number }[]) => {
    const patterns = patternsFrom(rows, LEVELS)
    const agreement = agreementOf(patterns, { draws: 50 })
    return dimension('Conciseness', agreement.alpha, {
      ...agreement,
      ac2: gwetAc(patterns, weightsOf('quadratic', LEVELS)),
    })
  }

  it('is explained by the level on which scores gather', () => {
    const sentence = gapOf([
      gathered([
        { counts: [0, 0, 3, 0], items: 80 },
        { counts: [0, 3, 0, 0], items: 8 },
        { counts: [0, 1, 2, 0], items: 20 },
      ]),
    ])
    expect(sentence).toMatch(
      /^AC2 stands 0\.\d\d above alpha on conciseness because 86 % of its scores are a 3: chance/,
    )
  })

  it('is not mentioned where there are too few items for an interval', () => {
    const few = gathered([
      { counts: [0, 0, 3, 0], items: 7 },
      { counts: [0, 1, 2, 0], items: 2 },
    ])
    expect(few.ac2.estimable && few.alpha.estimable && few.ac2.estimate - few.alpha.estimate).toBeGreaterThan(0.5)
    expect(gapOf([few])).toBeNull()
  })

  it('is not mentioned where it is small', () => {
    const even = LEVELS.map((_, k) => ({ counts: LEVELS.map((__, l) => (k === l ? 2 : 0)), items: 25 }))
    expect(gapOf([gathered([...even, { counts: [0, 1, 1, 0], items: 10 }])])).toBeNull()
  })
})

it('rounds a forecast up to two digits', () => {
  expect([7, 41, 331, 4120].map(roundUp)).toEqual([7, 41, 340, 4200])
})

it('tells the forest plot in words', () => {
  expect(forestInWords([accuracy])).toBe(
    'Factual accuracy 0.86, interval 0.82 to 0.90: reliable. The same figures are in the table beneath.',
  )
})

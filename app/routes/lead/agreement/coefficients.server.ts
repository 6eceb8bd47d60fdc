/** Every coefficient of a dimension as rows of a table, and the sentences above it. */
import type { DimensionCoefficients } from '#app/evaluation/agreement/coefficients.ts'
import type { DimensionFigures } from '#app/evaluation/agreement/figures.ts'
import { hundredths, percent, whole } from '#app/evaluation/figure.ts'
import type { CoefficientName } from '#app/stats/agreement/coefficients.ts'
import { GWET_FAMILY } from '#app/stats/agreement/family.ts'
import type { Estimated, Test } from '#app/stats/estimate.ts'
import { type Spelled, spell } from './spell.server.ts'

export type CoefficientRow = {
  name: string
  /** What it is for, in a few words. */
  use: string
  spelled: Spelled
  /** The test that it is 0, as reports have it; null: none belongs to it. */
  test: string | null
  /** With the raters as a sample of all there could be; null: the question does not arise. */
  sampled: Spelled | null
}

export type CoefficientsView = {
  dimension: { key: string; name: string }
  groups: { title: string; rows: CoefficientRow[] }[]
  sentences: string[]
}

const NAMES: Record<CoefficientName | 'alphaNominal' | 'alphaInterval', [name: string, use: string]> = {
  alpha: ['Krippendorff’s alpha, ordinal', 'any number of raters, missing scores; the one that is read'],
  alphaNominal: ['Krippendorff’s alpha, nominal', 'every difference counts alike'],
  alphaInterval: ['Krippendorff’s alpha, interval', 'levels taken for numbers'],
  ac2: ['Gwet’s AC2, quadratic weights', 'where nearly all scores are one level'],
  ac1: ['Gwet’s AC1', 'the same, every difference alike'],
  percentExact: ['Exact agreement', 'of pairs; not corrected for chance'],
  percentAdjacent: ['Adjacent agreement', 'at most one level apart; not corrected'],
  fleissKappa: ['Fleiss’ kappa', 'several raters, pooled level use'],
  congerKappa: ['Conger’s kappa', 'several raters, each with their own level use'],
  brennanPrediger: ['Brennan-Prediger', 'chance as if all levels were alike'],
  cohenKappa: ['Cohen’s kappa', 'two raters'],
  icc1: ['ICC(1,1)', 'one score; other raters on each item'],
  icc2: ['ICC(2,1)', 'one score; raters stand for others'],
  icc3: ['ICC(3,1)', 'one score; these raters, severity taken out'],
  icc1k: ['ICC(1,k)', 'mean of all raters’ scores, as (1,1)'],
  icc2k: ['ICC(2,k)', 'mean of all raters’ scores, as (2,1)'],
  icc3k: ['ICC(3,k)', 'mean of all raters’ scores, as (3,1)'],
  kendallW: ['Kendall’s W', 'whether raters rank the items alike'],
}

const GROUPS: readonly (readonly [title: string, names: readonly (keyof typeof NAMES)[]])[] = [
  ['Any number of raters', ['alpha', 'alphaInterval', 'alphaNominal', 'ac2', 'ac1', 'percentExact', 'percentAdjacent']],
  ['Kappas', ['fleissKappa', 'congerKappa', 'brennanPrediger', 'cohenKappa']],
  ['Levels as numbers, and ranks', ['icc1', 'icc2', 'icc3', 'icc1k', 'icc2k', 'icc3k', 'kendallW']],
]

const SHARES: readonly string[] = ['percentExact', 'percentAdjacent']

export function coefficientsView(
  { dimension, perLevel, ratings, alpha, ac2 }: DimensionFigures,
  found: DimensionCoefficients,
): CoefficientsView {
  const of = (name: keyof typeof NAMES): Estimated => {
    if (name === 'alphaNominal') return found.nominalAlpha
    if (name === 'alphaInterval') return found.intervalAlpha
    return found.coefficients[name]
  }
  const row = (name: keyof typeof NAMES): CoefficientRow => {
    const [title, use] = NAMES[name]
    const inFamily = GWET_FAMILY.find((one) => one === name)
    const one = of(name)
    return {
      name: title,
      use,
      test: one.estimable && one.test ? testOf(one.test) : null,
      spelled: spell(one, SHARES.includes(name) ? percent : hundredths),
      sampled: inFamily ? spell(found.ratersRandom[inFamily], hundredths) : null,
    }
  }
  return {
    dimension: { key: dimension.key, name: dimension.name },
    groups: GROUPS.map(([title, names]) => ({ title, rows: names.map(row) })),
    sentences: [
      prevalence(dimension.levels, perLevel, ratings),
      ...ceilingOf(found.ceiling, alpha),
      ...apart(alpha, ac2),
    ],
  }
}

/** "F(5, 18) = 11.03, p < .001". */
function testOf({ statistic, value, df, p }: Test): string {
  const name = statistic === 'f' ? 'F' : 'χ²'
  return `${name}(${df.map(whole).join(', ')}) = ${value.toFixed(2)}, p ${p < 0.001 ? '< .001' : `= ${p.toFixed(3).replace(/^0/, '')}`}`
}

function prevalence(levels: readonly number[], perLevel: readonly number[], ratings: number): string {
  if (ratings === 0) return 'Nobody has scored this dimension.'
  const shares = levels.map((level, k) => `${percent((perLevel[k] ?? 0) / ratings)} a ${level}`)
  return `Of its scores ${shares.join(', ')}.`
}

/** From here on raters use the levels alike enough for it not to matter. */
const NO_LIMIT = 0.99

function ceilingOf(ceiling: number | null, alpha: Estimated): string[] {
  if (ceiling === null || !alpha.estimable) return []
  if (ceiling >= NO_LIMIT) return ['Raters use the levels alike: this sets alpha no limit.']
  const why = 'the rest is how severe the raters are, not which items they take for better'
  return [
    `Raters use the levels differently, so that alpha could be ${hundredths(ceiling)} at most, whoever got which score${ceiling - alpha.estimate < 0.1 ? `: ${why}` : ''}.`,
  ]
}

const WIDE = 0.1

function apart(alpha: Estimated, ac2: Estimated): string[] {
  if (!alpha.estimable || !ac2.estimable) return []
  const gap = ac2.estimate - alpha.estimate
  if (Math.abs(gap) < WIDE) return ['Alpha and AC2 say the same, so prevalence does not decide what is read here.']
  return gap > 0
    ? [
        `AC2 stands ${hundredths(gap)} above alpha: most agreement is on the common levels, and there is little to show whether raters can tell the others apart. Neither figure is wrong; both belong in a report.`,
      ]
    : [
        `AC2 stands ${hundredths(-gap)} below alpha, which happens where raters use all levels about equally and differ by much.`,
      ]
}

import { type Agreement, agreementOf } from '#app/stats/agreement/agreement.ts'
import type { Corrected } from '#app/stats/agreement/chance-corrected.ts'
import { gwetAc } from '#app/stats/agreement/gwet.ts'
import { type Patterns, patternsOf } from '#app/stats/agreement/patterns.ts'
import { type Reading, readingOf } from '#app/stats/agreement/reading.ts'
import { weightsOf } from '#app/stats/agreement/weights.ts'
import type { Database } from '#db/store.server.ts'
import type { Dimension } from '../rubrics/read.ts'
import { type Basis, basisOf } from './basis.ts'
import type { Settled } from './filter.ts'
import { passing } from './passing.ts'
import { cannotJudgeOn, scoresOn } from './scores.ts'

/** Agreement on one dimension, and what it rests on. */
export type DimensionFigures = Agreement & {
  dimension: { id: string; key: string; name: string; levels: number[] }
  raters: number
  /** How often it could not be judged; such scores are missing, not low. */
  cannotJudge: number
  ac2: Corrected
  reading: Reading
}

export type AgreementFigures = Basis & {
  /** In the order of the rubric. */
  dimensions: DimensionFigures[]
}

/**
 * Agreement per dimension of the ratings that pass the filter: ordinal alpha, AC2 with quadratic weights, exact and adjacent
 * agreement, each with its interval (see app/stats/agreement). Asks no permission: for `agreementIn`, which does.
 */
export async function figuresOf(read: Database, filter: Settled): Promise<AgreementFigures> {
  const found = await passing(read, filter)
  return {
    ...basisOf(found),
    dimensions: found.columns.dimensions.map((dimension, d) => {
      const scores = scoresOn(found, d)
      return {
        ...figuresOfDimension(dimension, patternsOf(scores).patterns),
        raters: scores.raterCount,
        cannotJudge: cannotJudgeOn(found, d),
      }
    }),
  }
}

function figuresOfDimension(
  { id, key, name, levels }: Dimension,
  patterns: Patterns,
): Omit<DimensionFigures, 'raters' | 'cannotJudge'> {
  const values = levels.map(({ value }) => value)
  const agreement = agreementOf(patterns)
  return {
    ...agreement,
    dimension: { id, key, name, levels: values },
    ac2: gwetAc(patterns, weightsOf('quadratic', values)),
    reading: readingOf(agreement.alpha),
  }
}

const estimateOf = ({ alpha }: DimensionFigures): number => (alpha.estimable ? alpha.estimate : -2)

/** The highest alpha first; what cannot be estimated last. */
export const byAlpha = (dimensions: readonly DimensionFigures[]): DimensionFigures[] =>
  [...dimensions].sort((a, b) => estimateOf(b) - estimateOf(a))

/** The dimension looked into where none is asked for: that with the lowest alpha. */
export const worstOf = (dimensions: readonly DimensionFigures[]): DimensionFigures | undefined =>
  byAlpha(dimensions)
    .filter(({ alpha }) => alpha.estimable)
    .at(-1)

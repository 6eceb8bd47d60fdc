import { type Agreement, agreementOf } from '#app/stats/agreement/agreement.ts'
import type { Corrected } from '#app/stats/agreement/chance-corrected.ts'
import { gwetAc } from '#app/stats/agreement/gwet.ts'
import { type PatternRow, patternsFrom } from '#app/stats/agreement/patterns.ts'
import { type Reading, readingOf } from '#app/stats/agreement/reading.ts'
import { weightsOf } from '#app/stats/agreement/weights.ts'
import type { Database } from '#db/store.server.ts'
import { type Dimension, dimensionsOf } from '../rubrics/read.ts'
import { type Basis, countBasis, countPatterns, countRaters } from './counts.ts'
import type { Settled } from './filter.ts'

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
  const dimensions = await dimensionsOf(read, filter.rubricVersionId)
  const values = dimensions.flatMap(({ levels }) => levels.map(({ value }) => value))
  const levels = [...new Set(values)].sort((a, b) => a - b)
  const basis = await countBasis(read, filter)
  const patterns = await countPatterns(read, filter, levels)
  const raters = await countRaters(read, filter)
  return {
    ...basis,
    dimensions: dimensions.map((dimension) => {
      const own = dimension.levels.map(({ value }) => value)
      const counted = patterns.get(dimension.id)
      return {
        ...figuresOfDimension(dimension, only(counted?.patterns ?? [], levels, own)),
        raters: raters.get(dimension.id) ?? 0,
        cannotJudge: counted?.cannotJudge ?? 0,
      }
    }),
  }
}

/** The counts of a dimension's own levels out of those of all levels. */
function only(rows: readonly PatternRow[], all: readonly number[], own: readonly number[]): PatternRow[] {
  const start = all.indexOf(own[0] ?? 0)
  return rows.map(({ counts, items }) => ({ items, counts: counts.slice(start, start + own.length) }))
}

function figuresOfDimension(
  { id, key, name, levels }: Dimension,
  rows: readonly PatternRow[],
): Omit<DimensionFigures, 'raters' | 'cannotJudge'> {
  const values = levels.map(({ value }) => value)
  const patterns = patternsFrom(rows, values)
  const agreement = agreementOf(patterns)
  return {
    ...agreement,
    dimension: { id, key, name, levels: values },
    ac2: gwetAc(patterns, weightsOf('quadratic', values)),
    reading: readingOf(agreement.alpha),
  }
}

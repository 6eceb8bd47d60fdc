import type { AdditiveEntries } from '../additive/absorbed.ts'

/**
 * Effective ratings of one dimension in two periods, in columns: entry i says that rater `rater[i]` gave item `item[i]`, of
 * segment `segment[i]`, the score `score[i]` under rubric version `version[i]`. All kinds of items together: live ones make the
 * means that are compared, anchors link the periods and bridges the versions.
 */
export interface TwoPeriods {
  readonly itemCount: number
  readonly raterCount: number
  readonly segmentCount: number
  /** Rubric versions, numbered from 0; 0 is the one that the others are compared with. */
  readonly versionCount: number
  readonly item: Uint32Array
  readonly rater: Uint32Array
  readonly segment: Uint32Array
  readonly version: Uint32Array
  /** 0 for the period before, 1 for the period after. */
  readonly period: Uint8Array
  /** 1 where the rating counts into the means that are compared, 0 for anchors and bridges. */
  readonly live: Uint8Array
  readonly score: Float64Array
}

/** What can move the mean from one period to the next (STATISTICS, section 4): how the parts are read is in `parts.ts`. */
export const CAUSES = ['mix', 'pool', 'individual', 'panel', 'version', 'model'] as const
export type Cause = (typeof CAUSES)[number]

/** Number of the unknown that stands for the reading of a rater in a period, and for a version other than 0. */
export const readingColumn = (rater: number, period: number): number => 2 * rater + period
export const versionColumn = (raterCount: number, version: number): number => 2 * raterCount + version - 1

/** The additive model y = item + reading of the rater in the period + version. */
export function additiveEntries(ratings: TwoPeriods): AdditiveEntries {
  const { itemCount, raterCount, versionCount, item, score } = ratings
  return {
    itemCount,
    columns: 2 * raterCount + versionCount - 1,
    item,
    score,
    first: (entry) => readingColumn(ratings.rater[entry] as number, ratings.period[entry] as number),
    second: (entry) => {
      const version = ratings.version[entry] as number
      return version === 0 ? -1 : versionColumn(raterCount, version)
    },
  }
}

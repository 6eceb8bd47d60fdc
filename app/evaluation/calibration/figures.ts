import { calibrate } from '#app/stats/calibration/calibrate.ts'
import type { Fair, Overall, Severity } from '#app/stats/calibration/calibration.ts'
import { type CannotJudge, cannotJudge } from '#app/stats/calibration/companions/cannot-judge.ts'
import { type Companion, companionsOf, type Pool, poolOf } from '#app/stats/calibration/companions/companions.ts'
import { type Company, companyOf } from '#app/stats/calibration/companions/company.ts'
import { levelCountsByRater } from '#app/stats/calibration/companions/level-counts.ts'
import { type Pace, pacesOf } from '#app/stats/calibration/companions/pace.ts'
import { type WithConsensus, withConsensus } from '#app/stats/calibration/companions/with-consensus.ts'
import type { FitStatistics } from '#app/stats/calibration/fit-statistics.ts'
import type { Separation } from '#app/stats/calibration/separation.ts'
import type { Estimated } from '#app/stats/estimate.ts'
import type { Database } from '#db/store.server.ts'
import { type Basis, basisOf } from '../agreement/basis.ts'
import type { Settled } from '../agreement/filter.ts'
import { passing } from '../agreement/passing.ts'
import { type RatingsState, stateOfRatings } from '../agreement/state.ts'
import { type ItemConsensus, itemConsensus } from './item-consensus.ts'
import { type ItemSort, type ListedItems, listItems } from './items-list.ts'
import { type ReadScores, scoresOf } from './read-scores.ts'
import { type RepeatFigures, repeatsIn, responsesAgain } from './repeats.ts'

export type RaterFigures = {
  id: string
  /** Scores, all of them; of items that somebody else scored too. */
  scores: number
  /** Group of raters that share items; -1: none of their scores can be compared. */
  component: number
  severity: Estimated<Severity>
  fit: Estimated<FitStatistics>
  companion: Companion
  consensus: WithConsensus
  company: Company
  /** By dimension and level, of the rater and of the others on the same things. */
  levels: { own: number[][]; others: number[][] }
  cannotJudge: Estimated<CannotJudge>
  pace: Pace | null
}

export type ItemFigures = {
  id: string
  raters: number
  rawMean: number | null
  component: number
  fair: Estimated<Fair>
  /** In the order of the dimensions; null where it has no score. */
  consensus: (ItemConsensus | null)[]
}

/** How much more severe a rater is on one dimension than over all of theirs; points below 0 are severe. */
export type ContrastFigures = {
  rater: string
  /** Place among the dimensions. */
  dimension: number
  scores: number
  points: number
  pointsSe: number
  logit: number
  se: number
  z: number
}

export type CalibrationFigures = Basis & {
  /** What they were computed from; see `stateOfRatings`. */
  state: RatingsState
  dimensions: ReadScores['dimensions']
  overall: Estimated<Overall>
  components: number
  links: { component: number; rater: string; item: string }[]
  separation: Estimated<Separation>
  raterList: RaterFigures[]
  pool: Pool
  contrasts: ContrastFigures[]
  /** Of raters who scored an answer more than once. */
  repeats: RepeatFigures[]
  /** How each list of items begins. */
  firstItems: Record<ItemSort, ListedItems>
}

/** With every item: too much to hand from thread to thread, so that a page of items is asked for by itself. */
export type WholeCalibration = CalibrationFigures & { itemList: ItemFigures[] }

/**
 * Everything the calibration page says of the ratings that pass the filter but suspicion, which takes longer. Asks no
 * permission: for `calibrationIn` and `ownCalibration`, which do.
 */
export async function calibrationOf(read: Database, filter: Settled): Promise<WholeCalibration> {
  const state = await stateOfRatings(read, filter.rubricVersionId)
  const again = await responsesAgain(read, filter.rubricVersionId)
  const found = await passing(read, filter)
  const repeats = repeatsIn(found, again)
  const figures = figuresFrom(scoresOf(found))
  const first = (sort: ItemSort) => listItems(figures, { sort, page: 1 })
  return {
    ...basisOf(found),
    ...figures,
    repeats,
    state,
    firstItems: { moved: first('moved'), lowest: first('lowest'), open: first('open') },
  }
}

/** The same from scores already read. */
export function figuresFrom({ scores, dimensions, asked, missing, timings }: ReadScores) {
  const found = calibrate(scores)
  const raterId = (rater: number) => scores.raters[rater] as string
  const itemId = (item: number) => scores.items[item] as string
  return {
    dimensions,
    overall: found.overall,
    components: found.components.count,
    links: found.links.map(({ component, rater, item }) => ({ component, rater: raterId(rater), item: itemId(item) })),
    separation: found.separation,
    ...ratersFrom({ scores, asked, missing, timings }, found),
    contrasts: found.interactions.map(({ rater, ...rest }) => ({ ...rest, rater: raterId(rater) })),
    itemList: itemsFrom(scores, found),
  }
}

type Found = ReturnType<typeof calibrate>

function ratersFrom(
  { scores, asked, missing, timings }: Omit<ReadScores, 'dimensions'>,
  found: Found,
): Pick<CalibrationFigures, 'raterList' | 'pool'> {
  const companions = companionsOf(scores)
  const consensus = withConsensus(scores)
  const company = companyOf(scores)
  const levels = levelCountsByRater(scores)
  const paces = new Map(pacesOf(timings).map((pace) => [pace.rater, pace]))
  return {
    pool: poolOf(companions),
    raterList: found.raters.map(({ rater, component, severity, fit, allScores }) => ({
      id: scores.raters[rater] as string,
      scores: allScores,
      component,
      severity,
      fit,
      companion: companions[rater] as Companion,
      consensus: consensus[rater] as WithConsensus,
      company: company[rater] as Company,
      levels: levels[rater] as unknown as RaterFigures['levels'],
      cannotJudge: cannotJudge(missing[rater] as number, asked[rater] as number),
      pace: paces.get(rater) ?? null,
    })),
  }
}

function itemsFrom(scores: ReadScores['scores'], found: Found): ItemFigures[] {
  const consensus = itemConsensus(scores)
  const raters = new Uint32Array(scores.itemCount)
  const seen = new Set<number>()
  for (let entry = 0; entry < scores.item.length; entry++) {
    const item = scores.item[entry] as number
    const visit = item * scores.raterCount + (scores.rater[entry] as number)
    if (seen.has(visit)) continue
    seen.add(visit)
    raters[item] = (raters[item] as number) + 1
  }
  return found.items.map(({ item, rawMean, component, fair }) => ({
    id: scores.items[item] as string,
    raters: raters[item] as number,
    rawMean,
    component,
    fair,
    consensus: consensus.map((ofDimension) => ofDimension[item] ?? null),
  }))
}

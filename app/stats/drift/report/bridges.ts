import type { Estimated } from '../../estimate.ts'
import { type Bridge, type BridgeOptions, bridge } from '../bridge/bridge.ts'
import { at, type DriftRatings, entriesWhere, kindNumber, scoresAt } from './drift-ratings.ts'

/** What is known of the step from one rubric version to the next one used. */
export interface VersionStep {
  readonly from: number
  readonly to: number
  readonly bridge: Estimated<Bridge>
}

/** One step for each version after the first, from the version used before it; without a bridge it says so. */
export function versionSteps(ratings: DriftRatings, options: BridgeOptions = {}): VersionStep[] {
  return Array.from({ length: Math.max(0, ratings.versionCount - 1) }, (_, from) => {
    const to = from + 1
    const entries = entriesWhere(
      ratings,
      (entry) =>
        ratings.kind[entry] === kindNumber('bridge') &&
        (ratings.version[entry] === from || ratings.version[entry] === to),
    )
    const bridgeRatings = {
      item: at(ratings.item, entries),
      rater: at(ratings.rater, entries),
      version: Uint8Array.from(entries, (entry) => (ratings.version[entry] === to ? 1 : 0)),
      period: at(ratings.period, entries),
      score: scoresAt(ratings, entries),
    }
    return { from, to, bridge: bridge(bridgeRatings, ratings.levels, options) }
  })
}

import { levelConsensus } from '#app/stats/calibration/consensus/level-posterior.ts'
import { medianConsensus } from '#app/stats/calibration/consensus/median.ts'
import { oneCoin } from '#app/stats/calibration/consensus/one-coin.ts'
import type { Votes } from '#app/stats/calibration/consensus/votes.ts'
import type { Scores } from '#app/stats/calibration/scores.ts'

/** What the raters of an item come to on one dimension. */
export type ItemConsensus = {
  median: number
  /** The most likely true level by the one-coin model, and its chance. */
  level: number
  chance: number
}

/** Below this chance of its most likely level an item is open on a dimension. */
export const SETTLED_FROM = 0.8

/** Consensus by dimension, then item; null where an item has no score on it. */
export function itemConsensus(scores: Scores): (ItemConsensus | null)[][] {
  return scores.levels.map((levels, d) => {
    const votes = votesOn(scores, d, levels)
    const { posterior } = oneCoin(votes)
    return medianConsensus(votes).map((median, item) => {
      if (!median.estimable) return null
      const { level, chance } = levelConsensus(posterior, item, levels)
      return { median: median.median, level, chance }
    })
  })
}

function votesOn(
  { itemCount, raterCount, item, rater, dimension, level }: Scores,
  d: number,
  levels: readonly number[],
): Votes {
  const entries = Uint32Array.from(dimension.keys()).filter((entry) => dimension[entry] === d)
  return {
    levels,
    itemCount,
    raterCount,
    item: entries.map((entry) => item[entry] as number),
    rater: entries.map((entry) => rater[entry] as number),
    level: entries.map((entry) => level[entry] as number),
  }
}

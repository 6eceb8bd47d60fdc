import { dawidSkene } from '#app/stats/calibration/consensus/dawid-skene.ts'
import { type LevelConsensus, levelConsensus } from '#app/stats/calibration/consensus/level-posterior.ts'
import { medianConsensus } from '#app/stats/calibration/consensus/median.ts'
import { oneCoin } from '#app/stats/calibration/consensus/one-coin.ts'
import type { Votes } from '#app/stats/calibration/consensus/votes.ts'
import type { Scores } from '#app/stats/calibration/scores.ts'

/** What the raters of an item come to on one dimension. */
export type ItemConsensus = {
  median: number
  /** Chance of the level, or two, at the median that a large panel's median would be there. */
  medianChance: number
  /** The most likely true level and its chance, by the one-coin model and by Dawid & Skene; null where no rater of it was met by another. */
  oneCoin: Likely | null
  dawidSkene: Likely | null
}

export type Likely = Pick<LevelConsensus, 'level' | 'chance'>

/** Below this chance of its most likely level an item is open on a dimension. */
export const SETTLED_FROM = 0.8
/** Rounds of EM for Dawid & Skene, after which levels hardly move: a third of a second for 60,000 scores of a dimension. */
const MOST_ROUNDS = 100

/** Consensus by dimension, then item; null where an item has no score on it. */
export function itemConsensus(scores: Scores): (ItemConsensus | null)[][] {
  return scores.levels.map((levels, d) => {
    const votes = votesOn(scores, d, levels)
    const compared = itemsOfCompared(votes)
    const coin = oneCoin(votes).posterior
    const matrices = dawidSkene(votes, { rounds: MOST_ROUNDS }).posterior
    const likely = (posterior: Float64Array, item: number): Likely | null => {
      if (compared[item] === 0) return null
      const { level, chance } = levelConsensus(posterior, item, levels)
      return { level, chance }
    }
    return medianConsensus(votes).map((one, item) => {
      if (!one.estimable) return null
      const { median, chances } = one
      const at = chances.filter((_, k) => Math.abs((levels[k] as number) - median) <= 0.5)
      return {
        median,
        medianChance: at.reduce((sum, chance) => sum + chance, 0),
        oneCoin: likely(coin, item),
        dawidSkene: likely(matrices, item),
      }
    })
  })
}

/**
 * 1 for the items that some rater scored who shares an item with another. How far a rater can be trusted is learned from others alone:
 * one who meets nobody agrees with themselves, and would settle every item.
 */
function itemsOfCompared({ itemCount, raterCount, item, rater }: Votes): Uint8Array {
  const first = new Int32Array(itemCount).fill(-1)
  const met = new Uint8Array(raterCount)
  for (let entry = 0; entry < item.length; entry++) {
    const [i, r] = [item[entry] as number, rater[entry] as number]
    const before = first[i] as number
    if (before < 0) first[i] = r
    else if (before !== r) met[before] = met[r] = 1
  }
  const compared = new Uint8Array(itemCount)
  for (let entry = 0; entry < item.length; entry++)
    if (met[rater[entry] as number] === 1) compared[item[entry] as number] = 1
  return compared
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

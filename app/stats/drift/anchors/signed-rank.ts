import { midRanks } from '../../agreement/mid-ranks.ts'

/**
 * Exact two-sided p of Wilcoxon's signed-rank test (Wilcoxon 1945) given the ranks: zeros are dropped, ties share their mean rank,
 * and the distribution over all signs is counted, so that it holds for few coarse differences. 1 where nothing moved.
 */
export function signedRankP(differences: readonly number[]): number {
  // sums in another order differ in the last bits: such sizes are ties
  const moved = differences.map((value) => Math.round(value * 1e9)).filter((value) => value !== 0)
  const { ranks } = midRanks(Float64Array.from(moved, (value) => Math.abs(value)))
  const doubled = Array.from(ranks, (rank) => Math.round(2 * rank))
  const total = doubled.reduce((sum, rank) => sum + rank, 0)
  // chance of each doubled sum of positive ranks
  let chances = new Float64Array(total + 1)
  chances[0] = 1
  for (const rank of doubled) {
    const next = chances.map((chance) => chance / 2)
    for (let sum = rank; sum <= total; sum++) next[sum] = (next[sum] as number) + (chances[sum - rank] as number) / 2
    chances = next
  }
  const positive = doubled.reduce((sum, rank, i) => sum + ((moved[i] as number) > 0 ? rank : 0), 0)
  const smaller = Math.min(positive, total - positive)
  const tail = chances.subarray(0, smaller + 1).reduce((sum, chance) => sum + chance, 0)
  return Math.min(1, 2 * tail)
}

/**
 * Ratings of one dimension of the same items under two rubric versions, in columns: entry i says that rater `rater[i]` gave item
 * `item[i]` the level `score[i]` under the old version (`version[i]` 0) or the new one (1), in period `period[i]`. At most one
 * entry an item, rater, version and period.
 */
export interface BridgeRatings {
  readonly item: Uint32Array
  readonly rater: Uint32Array
  readonly version: Uint8Array
  /** Pairs are made within a period: later the rater may read both versions otherwise. */
  readonly period: Uint32Array
  readonly score: Float64Array
}

/** One rater's ratings of one item under both versions. */
export interface RaterPair {
  readonly item: number
  readonly rater: number
  readonly before: number
  readonly after: number
}

/** Pairs of ratings by one rater; ratings without their other half are left out. */
export function pairsOf({ item, rater, version, period, score }: BridgeRatings): RaterPair[] {
  const key = (entry: number) => `${item[entry]} ${rater[entry]} ${period[entry]}`
  const before = new Map<string, number>()
  version.forEach((which, entry) => {
    if (which === 0) before.set(key(entry), score[entry] as number)
  })
  const pairs: RaterPair[] = []
  version.forEach((which, entry) => {
    const old = before.get(key(entry))
    if (which === 0 || old === undefined) return
    pairs.push({
      item: item[entry] as number,
      rater: rater[entry] as number,
      before: old,
      after: score[entry] as number,
    })
  })
  return pairs
}

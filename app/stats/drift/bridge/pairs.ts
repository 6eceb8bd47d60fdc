/**
 * Ratings of one dimension of the same items under two rubric versions, in columns: entry i says that rater `rater[i]` gave item
 * `item[i]` the level `score[i]` under the old version (`version[i]` 0) or the new one (1). At most one entry an item, rater
 * and version.
 */
export interface BridgeRatings {
  readonly item: Uint32Array
  readonly rater: Uint32Array
  readonly version: Uint8Array
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
export function pairsOf({ item, rater, version, score }: BridgeRatings): RaterPair[] {
  const raters = rater.reduce((most, r) => Math.max(most, r + 1), 0)
  const key = (entry: number) => (item[entry] as number) * raters + (rater[entry] as number)
  const before = new Map<number, number>()
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

/** Who rates what in a bridge, and who meets which version first. */
import { randomInt } from '#app/ambient.ts'
import { shuffled } from '../sample.ts'

/**
 * For each item `overlap` of those who may rate it, so that everybody gets the same number of items, to within one where
 * everybody may rate everything. The same raters then rate the item under both versions: only pairs by one rater tell the
 * versions apart from the raters. Fewer where fewer may rate it.
 *
 * @param allowed by item: who may rate it
 * @param before how many items each has already
 */
export function allot(
  allowed: readonly (readonly string[])[],
  overlap: number,
  before: ReadonlyMap<string, number> = new Map(),
): string[][] {
  const load = new Map(before)
  return allowed.map((raters) => {
    const chosen = shuffled(raters)
      .sort((a, b) => (load.get(a) ?? 0) - (load.get(b) ?? 0))
      .slice(0, overlap)
    for (const rater of chosen) load.set(rater, (load.get(rater) ?? 0) + 1)
    return chosen
  })
}

/** Half of the raters, at random, who meet the older version first; of an odd number sometimes the larger half. */
export function olderFirst(raterIds: readonly string[]): Set<string> {
  const half = (raterIds.length + randomInt(2)) >> 1
  return new Set(shuffled(raterIds).slice(0, half))
}

/** A rater's seeds in the two rounds: a rater's queue lists the round with the lower one first. */
export function seedsFor(older: boolean): { from: number; to: number } {
  const low = randomInt(2 ** 30)
  const high = low + 1 + randomInt(2 ** 30 - 1)
  return older ? { from: low, to: high } : { from: high, to: low }
}

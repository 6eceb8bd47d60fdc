/**
 * How many of a segment's new cases are sealed: the share by largest remainder, of two equal remainders the holdout's. Where a
 * segment has two cases or more neither pool is left empty, unless the share is none or all.
 *
 * @param drawn how many the segment gets
 * @param share of them for the holdout, 0 to 1
 */
export function holdoutOf(drawn: number, share: number): number {
  const rounded = Math.floor(share * drawn + 0.5 + 1e-9)
  if (share <= 0 || share >= 1 || drawn < 2) return Math.min(rounded, drawn)
  return Math.min(Math.max(rounded, 1), drawn - 1)
}

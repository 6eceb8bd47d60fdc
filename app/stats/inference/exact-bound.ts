/**
 * Interval of a mean of shares when every one of n items has share 0, or every one has share 1. A bootstrap cannot see beyond
 * them; but had more than one item in 1/(1 - tail^(1/n)) another share, n alike would turn up less often than `tail`
 * (Clopper & Pearson 1934 at the end point; conservative where shares lie between 0 and 1).
 *
 * @param end the share of all items, 0 or 1
 */
export function exactBound(end: number, items: number, confidence: number): readonly [low: number, high: number] {
  const sure = ((1 - confidence) / 2) ** (1 / items)
  return end > 0.5 ? [sure, 1] : [0, 1 - sure]
}

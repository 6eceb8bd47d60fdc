/**
 * Anchors of one dimension under one rubric version, re-rated blind, in columns: entry i says that rater `rater[i]` gave anchor
 * `item[i]` the score `score[i]` in period `period[i]`. Period 0 is the baseline that the others are compared with.
 */
export interface AnchorRatings {
  readonly itemCount: number
  readonly raterCount: number
  readonly periodCount: number
  readonly item: Uint32Array
  readonly rater: Uint32Array
  readonly period: Uint32Array
  readonly score: Float64Array
}

/** The entries of a period. */
export function entriesOf({ period }: AnchorRatings, wanted: number): number[] {
  const entries: number[] = []
  period.forEach((p, entry) => {
    if (p === wanted) entries.push(entry)
  })
  return entries
}

/** Scores of each item among some entries; items without any are left out. */
export function scoresByItem({ item, score }: AnchorRatings, entries: readonly number[]): Map<number, number[]> {
  const scores = new Map<number, number[]>()
  for (const entry of entries) {
    const i = item[entry] as number
    const known = scores.get(i)
    if (known === undefined) scores.set(i, [score[entry] as number])
    else known.push(score[entry] as number)
  }
  return scores
}

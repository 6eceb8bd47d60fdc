import { RATING_SOURCES } from '#db/schema/ratings.ts'
import type { RatingSource } from './filter.ts'
import type { Passing } from './passing.ts'

/** What the figures rest on, whatever the dimension. */
export type Basis = {
  items: number
  raters: number
  ratings: number
  /** Ratings by where they were made. */
  sources: Record<RatingSource, number>
  /** When the first and the last were submitted; null without any. */
  first: number | null
  last: number | null
}

export function basisOf({ columns, rows }: Passing): Basis {
  const [items, raters] = [new Uint8Array(columns.items.names.length), new Uint8Array(columns.raters.names.length)]
  const sources = { app: 0, import: 0, simulated: 0 }
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const row of rows) {
    items[columns.item[row] as number] = 1
    raters[columns.rater[row] as number] = 1
    sources[RATING_SOURCES[columns.source[row] as number] as RatingSource]++
    const at = columns.submittedAt[row] as number
    if (at < first) first = at
    if (at > last) last = at
  }
  const seen = (marks: Uint8Array) => marks.reduce((sum, mark) => sum + mark, 0)
  return {
    items: seen(items),
    raters: seen(raters),
    ratings: rows.length,
    sources,
    first: rows.length === 0 ? null : first,
    last: rows.length === 0 ? null : last,
  }
}

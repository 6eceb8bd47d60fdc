import { csvLine } from '#app/formats/write-csv.ts'
import type { Pools } from './count.ts'

/** The pools in long form: one line for each segment that holds a case. */
export function poolsCsv({ categories }: Pools): string {
  const lines = categories.flatMap(({ segments }) =>
    segments.map(({ category, userSegment, active, holdout, target, retired }) =>
      csvLine([category, userSegment, active, holdout, target, retired]),
    ),
  )
  return csvLine(['category', 'user_segment', 'active', 'holdout', 'holdout_target', 'retired']) + lines.join('')
}

import { csvLine } from '#app/formats/write-csv.ts'
import type { SamplingPlan } from './planned.ts'

const HEADER = ['category', 'user_segment', 'traffic', 'waiting', 'drawn', 'active', 'holdout', 'weight']

/** A plan in long form: one line for each segment with traffic. `weight`: how many interactions each case stands for. */
export function planCsv({ segments }: Pick<SamplingPlan, 'segments'>): string {
  const lines = segments.map(({ category, userSegment, traffic, waiting, drawn, active, holdout, weight }) =>
    csvLine([category, userSegment, traffic, waiting, drawn, active, holdout, weight]),
  )
  return csvLine(HEADER) + lines.join('')
}

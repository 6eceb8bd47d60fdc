import { holdoutOf } from '#app/evaluation/sampling/split.ts'

/** How many of a segment's cases are to be in its holdout, by the rule that sampling splits by. */
export const holdoutTarget = ({ active, holdout }: { active: number; holdout: number }, share: number): number =>
  holdoutOf(active + holdout, share)

import { apportion } from '#app/stats/apportion.ts'

/**
 * How many cases of each segment's holdout graduate: the share of all of them, rounded, in proportion to what each segment
 * holds, by largest remainder (see `apportion`). A segment that no new traffic fills keeps at least one.
 *
 * @param segments what the holdout of each holds, and whether traffic of it is waiting
 * @param share of the holdout, 0 to 1
 */
export function allotGraduates(segments: readonly { held: number; filled: boolean }[], share: number): number[] {
  const all = segments.reduce((sum, { held }) => sum + held, 0)
  return apportion(
    Math.round(share * all),
    segments.map(({ held, filled }) => ({
      weight: held,
      atLeast: 0,
      atMost: filled ? held : Math.max(0, held - 1),
    })),
  )
}

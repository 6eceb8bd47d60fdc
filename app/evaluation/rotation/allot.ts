/**
 * How many cases of each segment's holdout graduate. The share of all of them, rounded, is shared out in proportion to what
 * each segment holds, by largest remainder (Hamilton); of equal remainders the segment that holds more goes first, then the
 * one that comes first. A segment that no new traffic fills keeps at least one; what it would have given is not taken from
 * others.
 *
 * @param segments what the holdout of each holds, and whether traffic of it is waiting
 * @param share of the holdout, 0 to 1
 */
export function allotGraduates(segments: readonly { held: number; filled: boolean }[], share: number): number[] {
  const all = segments.reduce((sum, { held }) => sum + held, 0)
  const total = Math.round(share * all)
  const given = segments.map(({ held }) => (all === 0 ? 0 : Math.floor((total * held) / all)))
  const left = total - given.reduce((sum, one) => sum + one, 0)
  // Whole numbers: equal remainders are equal, whatever the rounding of a division.
  const remainder = (i: number) => (total * (segments[i]?.held ?? 0)) % all
  const order = [...segments.keys()].sort(
    (a, b) => remainder(b) - remainder(a) || (segments[b]?.held ?? 0) - (segments[a]?.held ?? 0) || a - b,
  )
  const more = new Set(order.slice(0, left))
  return segments.map(({ held, filled }, i) =>
    Math.min((given[i] ?? 0) + (more.has(i) ? 1 : 0), filled ? held : Math.max(0, held - 1)),
  )
}

import type { LiveMeans, Parts } from './parts.ts'
import type { Attendance } from './readings.ts'
import { CAUSES, type Cause } from './two-periods.ts'

/** Why causes cannot be told apart. Raters, segments and versions by their number. */
export type Reason =
  | { readonly kind: 'no-anchors' }
  | { readonly kind: 'no-bridge'; readonly versions: readonly number[] }
  | { readonly kind: 'unlinked-raters'; readonly raters: readonly number[] }
  | { readonly kind: 'segments-in-one-period'; readonly segments: readonly number[] }
  | { readonly kind: 'few-returning-raters'; readonly raters: number }

/** Causes whose sum is known but not each of them, or a single cause that is known. */
export interface Group {
  readonly causes: readonly Cause[]
  readonly reasons: readonly Reason[]
}

/** With fewer returning raters it cannot be said whether one of them moved or all did. */
const FEWEST_RETURNING = 3

/** Effects below this many points are rounding. */
export const NO_EFFECT = 1e-7

/**
 * The finest groups of causes whose sums the design determines.
 *
 * @param effects what the parts change by along each direction that the design does not determine
 * @param designReasons why there are such directions
 */
export function groupsOf(
  effects: readonly Parts[],
  designReasons: readonly Reason[],
  { onlyInOne }: LiveMeans,
  { comparable }: Attendance,
): Group[] {
  let groups: Group[] = CAUSES.map((cause) => ({ causes: [cause], reasons: [] }))
  const merge = (causes: readonly Cause[], reasons: readonly Reason[]) => {
    const touched = groups.filter((group) => group.causes.some((cause) => causes.includes(cause)))
    const merged = {
      causes: CAUSES.filter((cause) => touched.some((group) => group.causes.includes(cause))),
      reasons: [...new Set([...touched.flatMap((group) => group.reasons), ...reasons])],
    }
    groups = [...groups.filter((group) => !touched.includes(group)), merged]
  }
  for (const causes of supportsOf(effects)) merge(causes, designReasons)
  if (onlyInOne.length > 0) merge(['mix', 'model'], [{ kind: 'segments-in-one-period', segments: onlyInOne }])
  if (comparable.length < FEWEST_RETURNING)
    merge(comparable.length === 0 ? ['pool', 'individual', 'panel'] : ['individual', 'panel'], [
      { kind: 'few-returning-raters', raters: comparable.length },
    ])
  return groups.sort((a, b) => CAUSES.indexOf(a.causes[0] as Cause) - CAUSES.indexOf(b.causes[0] as Cause))
}

/**
 * Sets of causes between which effects flow: supports of the rows of the reduced echelon form. Along every direction the effects
 * within each connected set of them add up to 0, and no finer division has that property.
 */
function supportsOf(effects: readonly Parts[]): Cause[][] {
  const rows = effects.map((effect) => CAUSES.map((cause) => effect[cause]))
  const reduced: number[][] = []
  CAUSES.forEach((_cause, column) => {
    const pivot = rows.reduce<number[] | null>(
      (best, row) => (Math.abs(row[column] as number) > Math.abs(best?.[column] ?? NO_EFFECT) ? row : best),
      null,
    )
    if (pivot === null) return
    rows.splice(rows.indexOf(pivot), 1)
    const lead = pivot[column] as number
    const unit = pivot.map((value) => value / lead)
    for (const row of [...rows, ...reduced]) {
      const factor = row[column] as number
      unit.forEach((value, c) => {
        row[c] = (row[c] as number) - factor * value
      })
    }
    reduced.push(unit)
  })
  return reduced.map((row) => CAUSES.filter((_cause, c) => Math.abs(row[c] as number) > NO_EFFECT))
}

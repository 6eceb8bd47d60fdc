import { now } from '#app/ambient.ts'
import type { RoundPlan } from './plan.ts'

const DAY_MS = 86_400_000
/** Within so many days a rater may remember what they gave: a convention, not a finding. */
const REMEMBERED_DAYS = 7

/** What to know of a round's anchors before making it. */
export function anchorWarnings({ wanted, active, anchors }: RoundPlan): string[] {
  if (wanted === 0) return []
  if (active === 0) return ['There are no anchors yet. Pick or draw some first, or set them to 0 %.']
  const lately = anchors.filter(({ lastRatedAt }) => (lastRatedAt ?? 0) > now() - REMEMBERED_DAYS * DAY_MS).length
  return [
    ...(active < wanted
      ? [`The share comes to ${wanted} anchors and the project has ${active}: the round gets those.`]
      : []),
    ...(lately > 0
      ? [
          `${lately} of the ${anchors.length} anchors ${lately === 1 ? 'was' : 'were'} rated in the last ${REMEMBERED_DAYS} days: raters may remember what they gave. More anchors, or a smaller share, leave more time between.`,
        ]
      : []),
  ]
}

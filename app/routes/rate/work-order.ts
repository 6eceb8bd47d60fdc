import type { RoundOfWork } from '#app/evaluation/queue/work.ts'

/** How soon a round asks for one: with work now, with skipped items, still to open, done, over. */
function rankOf({ standing, progress }: RoundOfWork): number {
  if (standing === 'not started') return 2
  if (standing !== 'open') return 4
  if (progress.left > 0) return 0
  return progress.skipped > 0 ? 1 : 3
}

const dateOf = ({ standing, startsAt, round }: RoundOfWork): number =>
  (standing === 'not started' ? startsAt : round.endsAt) ?? Number.MAX_SAFE_INTEGER

/** Rounds in the order in which a rater should take them: what can be rated now first, what closes soonest first. */
export const inOrderOfWork = (work: readonly RoundOfWork[]): RoundOfWork[] =>
  [...work].sort((a, b) => {
    const [first, second] = [rankOf(a), rankOf(b)]
    if (first !== second) return first - second
    return first === 4 ? dateOf(b) - dateOf(a) : dateOf(a) - dateOf(b)
  })

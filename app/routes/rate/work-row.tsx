import type { RoundOfWork } from '#app/evaluation/queue/work.ts'
import { timeLeftInWords } from '#app/rating/said.ts'
import { When } from '#app/ui/when.tsx'

const DAY_MS = 86_400_000

/** How far off a day is: `today`, `tomorrow`, `in 4 days`. */
export function daysInWords(then: number, at: number): string {
  const days = Math.floor(then / DAY_MS) - Math.floor(at / DAY_MS)
  return days <= 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`
}

/** One round in a rater's queue. */
export function WorkRow({ work, at, slug }: { work: RoundOfWork; at: number; slug: string }) {
  const { round, standing, startsAt, progress } = work
  const { done, left, skipped, secondsLeft } = progress
  const open = standing === 'open'
  const total = done + left
  return (
    <tr className={open ? undefined : 'faint'}>
      <th scope="row">
        {round.name}{' '}
        {round.simulated ? (
          <span className="chip" title={round.simulated}>
            Simulated
          </span>
        ) : null}
      </th>
      <td>
        {total > 0 ? (
          <label className="row">
            <progress value={done} max={total}>
              {done} of {total}
            </progress>{' '}
            {done} of {total}
          </label>
        ) : null}
      </td>
      <td className="number">
        {open ? left : ''}
        {open && skipped > 0 ? <small> + {skipped} skipped</small> : null}
      </td>
      <td className="number">{open && left > 0 ? timeLeftInWords(secondsLeft) : ''}</td>
      <td>
        <Dates standing={standing} startsAt={startsAt} endsAt={round.endsAt} at={at} />
      </td>
      <td className="number">
        {open && (left > 0 || skipped > 0) ? (
          <a href={`/p/${slug}/rate/${round.id}`} aria-label={`${wordFor(progress)}: ${round.name}`}>
            {wordFor(progress)}
          </a>
        ) : null}
      </td>
    </tr>
  )
}

const wordFor = ({ done, left }: RoundOfWork['progress']): string =>
  left === 0 ? 'Take up' : done === 0 ? 'Start' : 'Go on'

function Dates({
  standing,
  startsAt,
  endsAt,
  at,
}: Pick<RoundOfWork, 'standing' | 'startsAt'> & { endsAt: number | null; at: number }) {
  if (standing === 'closed') return 'closed'
  if (standing === 'not started' && startsAt !== null) {
    return (
      <>
        opens <When at={startsAt} />, {daysInWords(startsAt, at)}
      </>
    )
  }
  if (endsAt === null) return 'no date set'
  return standing === 'ended' ? (
    <>
      ended <When at={endsAt} />
    </>
  ) : (
    <>
      <When at={endsAt} />, {daysInWords(endsAt, at)}
    </>
  )
}

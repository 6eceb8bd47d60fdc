import type { Failure } from '../client.ts'
import type { Parcel } from '../outbox.ts'

/** What the server keeps as a draft when it refuses it: nothing is lost by closing the notice. */
const KEPT_THERE = new Set(['lease-expired', 'round-closed', 'round-ended'])

const WHAT = { submit: 'rating', skip: 'skip', flag: 'flag' }

type Props = {
  project: string
  parcel: Parcel
  failure: Failure
  /** Absent where there is no page to open it on. */
  onReopen?: (parcel: Parcel<'submit'>) => void
  onRetry: (id: string) => void
  onDiscard: (id: string) => void
}

/** Something the server would not take: why, what it was, and what can be done with it. */
export function Refused({ project, parcel, failure, onReopen, onRetry, onDiscard }: Props) {
  const kept = KEPT_THERE.has(failure.code)
  return (
    <div className="banner" data-tone="bad" role="alert">
      <span>
        Your {WHAT[parcel.route]} of “{parcel.about}” was not taken. {failure.message}
      </span>
      {parcel.route === 'submit' && !kept ? (
        <>
          {onReopen ? (
            <button type="button" onClick={() => onReopen(parcel)}>
              Open it again
            </button>
          ) : null}
          <details>
            <summary>What you entered</summary>
            <pre>{asText(parcel)}</pre>
          </details>
        </>
      ) : null}
      {kept ? (
        <a href={`/p/${project}/history`}>My ratings</a>
      ) : (
        <button type="button" onClick={() => onRetry(parcel.id)}>
          Try again
        </button>
      )}
      <button type="button" className="quiet" onClick={() => onDiscard(parcel.id)}>
        {kept ? 'Close' : 'Discard it'}
      </button>
    </div>
  )
}

/** To be read, and copied if all else fails. */
function asText({ body: { content } }: Parcel<'submit'>): string {
  const scores = Object.values(content.scores).map(({ level, cannotJudge, note }) =>
    [level === null ? `cannot judge: ${cannotJudge}` : level, note].filter(Boolean).join(' '),
  )
  const quotes = content.evidence.map(({ quote }) => `“${quote}”`)
  return [...scores, ...quotes, content.betterAnswer].filter(Boolean).join('\n')
}

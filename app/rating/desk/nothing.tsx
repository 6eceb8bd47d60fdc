import { type ReactNode, useEffect, useRef } from 'react'
import type { ShownProgress, ShownRound } from '#app/evaluation/queue/shown.ts'
import { When } from '#app/ui/when.tsx'
import type { OutboxState } from '../outbox.ts'
import { useOnline } from '../use-online.ts'

const LOOK_EVERY_MS = 60_000

export type Standing = 'open' | 'not started' | 'ended' | 'closed'

type Props = {
  project: string
  round: ShownRound
  standing: Standing
  startsAt: number | null
  progress: ShownProgress
  outbox: OutboxState
  busy: boolean
  onLook: () => void
  onTakeUp: () => void
}

/** No item on screen: why, and what can be done. */
export function Nothing(props: Props) {
  const { project, round, standing, startsAt, progress, outbox, busy, onLook, onTakeUp } = props
  const online = useOnline()
  useEvery(LOOK_EVERY_MS, standing === 'open', onLook)
  const waiting = outbox.parcels.filter(({ refused }) => refused === null).length
  const away = waiting > 0 && (!online || outbox.trouble !== null)
  const queue = (
    <a className="button" href={`/p/${project}/queue`}>
      Back to the queue
    </a>
  )
  if (away) {
    return (
      <Empty title="Waiting for the network">
        <p>
          You have rated what was in your hand. {waiting === 1 ? 'One rating is' : `${waiting} ratings are`} kept in
          this browser and sent as soon as the server can be reached; the next item comes then. You may close the page
          and come back to it in this browser.
        </p>
      </Empty>
    )
  }
  if (waiting > 0) {
    return (
      <Empty title="Fetching the next item …">
        <p>This takes a moment.</p>
      </Empty>
    )
  }
  if (standing === 'not started') {
    return (
      <Empty title="This round has not opened yet" way={queue}>
        <p>
          {startsAt === null ? (
            'It opens soon.'
          ) : (
            <>
              It opens on <When at={startsAt} time />.
            </>
          )}
        </p>
      </Empty>
    )
  }
  if (standing !== 'open') {
    return (
      <Empty title={standing === 'ended' ? 'This round has ended' : 'This round is closed'} way={queue}>
        <p>
          You rated {progress.done === 1 ? 'one item' : `${progress.done} items`} in it. Thank you. What you had begun
          and not submitted is kept under <a href={`/p/${project}/history`}>My ratings</a>.
        </p>
      </Empty>
    )
  }
  return (
    <Empty
      title="Nothing is open to you now"
      way={
        <>
          {progress.skipped > 0 ? (
            <button type="button" className="primary" onClick={onTakeUp} disabled={busy}>
              Take up {progress.skipped === 1 ? 'the one' : `the ${progress.skipped}`} you skipped
            </button>
          ) : null}
          <button type="button" onClick={onLook} disabled={busy}>
            Look again
          </button>
          {queue}
        </>
      }
    >
      <p>
        You rated {progress.done === 1 ? 'one item' : `${progress.done} items`} in {round.name}. Whatever is left is
        with other raters; should they let go of an item, it appears here by itself
        {round.endsAt === null ? null : (
          <>
            {' '}
            until <When at={round.endsAt} time />
          </>
        )}
        .
      </p>
    </Empty>
  )
}

/** Calls a function again and again while the page is looked at. */
function useEvery(ms: number, on: boolean, fn: () => void): void {
  const latest = useRef(fn)
  useEffect(() => {
    latest.current = fn
  })
  useEffect(() => {
    if (!on) return
    const timer = setInterval(() => document.visibilityState === 'visible' && latest.current(), ms)
    return () => clearInterval(timer)
  }, [ms, on])
}

function Empty({ title, way, children }: { title: string; way?: ReactNode; children: ReactNode }) {
  return (
    <div className="empty" role="status">
      <h1>{title}</h1>
      {children}
      {way ? <div className="row">{way}</div> : null}
    </div>
  )
}

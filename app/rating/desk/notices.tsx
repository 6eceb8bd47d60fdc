import type { DraftState } from '../drafts.ts'
import type { OutboxState, Parcel } from '../outbox.ts'
import { Refused } from './refused.tsx'

/** Refusals of a draft after which the item on screen is of no more use. */
const OVER = new Set(['already-submitted', 'no-assignment', 'no-round'])

type Props = {
  project: string
  draft: DraftState
  outbox: OutboxState
  elsewhere: boolean
  returned: boolean
  onTakeOver: () => void
  onLeave: () => void
  onReopen: (parcel: Parcel<'submit'>) => void
  onRetry: (id: string) => void
  onDiscard: (id: string) => void
}

/** What stands in the way, and the way out. */
export function Notices(props: Props) {
  const { project, draft, outbox, elsewhere, returned } = props
  const failure = draft.failure ?? outbox.trouble
  const over = draft.phase === 'failed' && draft.failure !== null && OVER.has(draft.failure.code)
  return (
    <>
      {failure?.why === 'signed-out' ? (
        <p className="banner" data-tone="warn" role="alert">
          You are signed out. What you entered is kept in this browser.{' '}
          <a href="/sign-in" target="_blank" rel="noopener">
            Sign in again in a new tab
          </a>{' '}
          and come back: it is saved then.
        </p>
      ) : null}
      {elsewhere ? (
        <p className="banner" data-tone="warn" role="alert">
          This item is open in another tab of this browser, and what is entered there counts.{' '}
          <button type="button" onClick={props.onTakeOver}>
            Rate it here instead
          </button>
        </p>
      ) : null}
      {returned ? (
        <p className="banner" data-tone="warn" role="alert">
          This item went back to the queue after half an hour without a sign of you. You can still submit it unless
          others have completed it.{' '}
          <button type="button" onClick={props.onLeave}>
            Leave it and go on
          </button>
        </p>
      ) : null}
      {over ? (
        <p className="banner" data-tone="bad" role="alert">
          {draft.failure?.message}{' '}
          <button type="button" onClick={props.onLeave}>
            Go on with the next
          </button>{' '}
          <a href={`/p/${project}/history`}>My ratings</a>
        </p>
      ) : null}
      {outbox.parcels.map((parcel) =>
        parcel.refused ? <Refused key={parcel.id} parcel={parcel} failure={parcel.refused} {...props} /> : null,
      )}
    </>
  )
}

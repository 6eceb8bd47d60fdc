import { Refused } from './desk/refused.tsx'
import { useOnline } from './use-online.ts'
import { outboxOf, useOutbox } from './use-outbox.ts'

/** What an earlier rating page left in this browser: it is sent from here as well. */
export function Unsent({ rater, project }: { rater: string; project: string }) {
  const { parcels, trouble } = useOutbox(rater)
  const online = useOnline()
  const waiting = parcels.filter(({ refused }) => refused === null)
  const last = waiting.at(-1)
  if (parcels.length === 0) return null
  return (
    <div className="section">
      {waiting.length > 0 ? (
        <p className="banner" data-tone="warn" role="status">
          {waiting.length === 1 ? 'One thing you entered is' : `${waiting.length} things you entered are`} kept in this
          browser and not on the server yet.{' '}
          {trouble?.why === 'signed-out'
            ? 'Sign in again and they are sent.'
            : online
              ? 'They are being sent.'
              : 'They are sent when the network is back.'}
          {last && trouble ? (
            <button type="button" onClick={() => outboxOf(rater).wake()}>
              Try now
            </button>
          ) : null}
        </p>
      ) : null}
      {parcels.map((parcel) =>
        parcel.refused ? (
          <Refused
            key={parcel.id}
            project={project}
            parcel={parcel}
            failure={parcel.refused}
            onRetry={(id) => outboxOf(rater).retry(id)}
            onDiscard={(id) => outboxOf(rater).discard(id)}
          />
        ) : null,
      )}
    </div>
  )
}

import { Link } from '@remix-run/react'
import type { WaitingBreaking } from '#app/evaluation/seal/break-glass.ts'
import { When } from '#app/ui/when.tsx'

/** Requests to break a seal that wait for a second person. */
export function Waiting({ waiting }: { waiting: WaitingBreaking[] }) {
  return (
    <>
      {waiting.map(({ id, case: { id: caseId, key }, askedBy, askedAs, askedAt }) => (
        <p key={id} className="banner" data-tone="warn">
          <span>
            {askedBy} ({askedAs}) asked on <When at={askedAt} time /> to break the seal of{' '}
            <Link to={`../cases/${caseId}/break-glass`}>{key}</Link>. {askedAs === 'lead' ? 'An admin' : 'A lead'} has
            to agree.
          </span>
        </p>
      ))}
    </>
  )
}

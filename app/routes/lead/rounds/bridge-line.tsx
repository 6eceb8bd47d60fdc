import { Link } from '@remix-run/react'
import type { BridgeHalf } from '#app/evaluation/rounds/shown.ts'

/** That a round is a bridge, between what, and where its other half is. */
export function BridgeLine({ bridge: { from, to, under, twin } }: { bridge: BridgeHalf }) {
  return (
    <p>
      <span className="chip">Bridge</span> from version {from.number} to {to.number}; this half is under version{' '}
      {under === 'from' ? from.number : to.number}.{' '}
      {twin ? (
        <>
          The same raters rate the same responses under the other in{' '}
          <Link to={`../rounds/${twin.id}`}>{twin.name}</Link>.
        </>
      ) : (
        'What the same raters gave under the older version before is its other half.'
      )}{' '}
      <span className="soft">
        Each response is kept for its raters: those added later find none until they are given somebody’s.
      </span>
    </p>
  )
}

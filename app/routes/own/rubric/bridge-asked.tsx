import { Link } from '@remix-run/react'
import type { BridgeAsked } from '#app/evaluation/bridges/asked.ts'

/** That a version asks for a bridge, and the way to make it or to what was made. */
export function BridgeAskedFor({
  asked: { from, how, rounds },
  versionId,
  mayMake,
}: {
  asked: BridgeAsked
  versionId: string
  mayMake: boolean
}) {
  const [newest] = rounds
  if (newest)
    return (
      <p>
        Bridged from version {from.number} by <Link to={`../rounds/${newest.id}`}>{newest.name}</Link>.
      </p>
    )
  return (
    <p>
      {how === 'asked'
        ? `A bridge from version ${from.number} is asked for: until the same responses are rated under both, trends are drawn broken here.`
        : `A bridge from version ${from.number} is worth having: scores may have moved a little.`}{' '}
      {mayMake ? <Link to={`../rounds/bridge?from=${from.id}&to=${versionId}`}>Make a bridge</Link> : null}
    </p>
  )
}

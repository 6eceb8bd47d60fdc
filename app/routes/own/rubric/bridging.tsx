import { Link } from '@remix-run/react'
import type { VersionChange } from '#app/evaluation/rubrics/changes.ts'
import type { RoundOfVersion } from '#app/evaluation/rubrics/rounds.ts'
import { Consequences } from './consequences.tsx'
import { RoundsOfVersion } from './rounds.tsx'

export type Bridged = {
  from: { id: string; number: number }
  to: string
  /** What the change asks for, in sentences. */
  said: string[]
  /** A bridge is asked for, or worth having. */
  wanted: boolean
  /** The rounds that bridge the two versions. */
  rounds: RoundOfVersion[]
}

/** Whether a version is to be bridged from the one it was made from, and by what it is. */
export const bridgedBy = (
  from: { id: string; number: number },
  to: { id: string; state: string; rounds: readonly RoundOfVersion[] | null },
  change: VersionChange,
  said: string[],
): Bridged => ({
  from,
  to: to.id,
  said,
  // A retired version is rated in no new round, so in no bridge either.
  wanted:
    to.state === 'published' && change.dimensions.some(({ bridge }) => bridge === 'asked' || bridge === 'worth having'),
  rounds: (to.rounds ?? []).filter(({ bridgesFromId }) => bridgesFromId === from.id),
})

/** What a change means for figures across the two versions, and the rounds that link them or the way to make them. */
export function Bridging({ bridged: { from, to, said, wanted, rounds } }: { bridged: Bridged }) {
  return (
    <>
      <Consequences said={said} />
      {rounds.length > 0 ? (
        <div className="stack">
          <p>Bridged from version {from.number} by:</p>
          <RoundsOfVersion rounds={rounds} />
          {rounds.some(({ ratings }) => ratings > 0) ? (
            <p>
              What it is worth in points: <Link to="../drift">Drift</Link>
            </p>
          ) : null}
        </div>
      ) : wanted ? (
        <p>
          There is no bridge yet.{' '}
          <Link to={`../rounds/bridge?from=${from.id}&to=${to}`}>Plan a bridge from version {from.number}</Link>
        </p>
      ) : null}
    </>
  )
}

import { Link } from '@remix-run/react'
import { plural } from '#app/evaluation/figure.ts'
import type { RoundOfVersion } from '#app/evaluation/rubrics/rounds.ts'

/** The rounds rated under a version, each with its state and its ratings. */
export function RoundsOfVersion({ rounds }: { rounds: readonly RoundOfVersion[] }) {
  return (
    <ul className="plain">
      {rounds.map((round) => (
        <li key={round.id}>
          <Link to={`../rounds/${round.id}`}>{round.name}</Link>{' '}
          <span className="soft">
            {round.state}, {plural(round.ratings, 'rating')}
          </span>{' '}
          {round.simulated ? <span className="chip">Simulated</span> : null}
        </li>
      ))}
    </ul>
  )
}

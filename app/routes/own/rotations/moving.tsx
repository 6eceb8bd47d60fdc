import { Link, useParams } from '@remix-run/react'
import { cases } from './words.ts'

/** The keys of cases that would move, folded. */
export function Moving({
  title,
  total,
  first,
}: {
  title: string
  total: number
  first: readonly { id: string; key: string; why?: 'old' | 'burnt' }[]
}) {
  const { project } = useParams()
  if (total === 0) return <p className="soft">{title}: none.</p>
  return (
    <details>
      <summary>
        {title}: {cases(total)}
      </summary>
      <ul className="keys">
        {first.map(({ id, key, why }) => (
          <li key={id}>
            <Link to={`/p/${project}/cases/${id}`}>{key}</Link>
            {why === 'burnt' ? <span className="faint"> seal broken</span> : null}
          </li>
        ))}
      </ul>
      {total > first.length ? (
        <p className="soft">The first {first.length} are shown; after the rotation its page lists all of them.</p>
      ) : null}
    </details>
  )
}

import { Link, useParams } from '@remix-run/react'
import type { MoveCounts } from '#app/evaluation/rotation/list.ts'
import type { MoveKind } from '#app/evaluation/rotation/moves.ts'
import type { ListedMove } from '#app/evaluation/rotation/read.ts'
import { Section } from '#app/ui/page.tsx'
import { Paging } from '#app/ui/paging.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { capital, n } from './words.ts'

const KINDS: readonly { kind: MoveKind; label: string }[] = [
  { kind: 'graduated', label: 'Graduated' },
  { kind: 'retired', label: 'Retired' },
  { kind: 'entered', label: 'Entered the holdout' },
]

/** The cases that moved one way, by key. */
export function Moved({
  counts,
  moved,
  kind,
  page,
  size,
}: {
  counts: MoveCounts
  moved: { cases: ListedMove[]; total: number }
  kind: MoveKind
  page: number
  size: number
}) {
  const { project } = useParams()
  return (
    <Section id="moved" title="Which cases">
      <nav className="tabs" aria-label="Which way they moved">
        {KINDS.map((one) => (
          <Link
            key={one.kind}
            to={`?moved=${one.kind}`}
            preventScrollReset
            aria-current={one.kind === kind ? 'page' : undefined}
          >
            {one.label} <span className="faint">{n(counts[one.kind])}</span>
          </Link>
        ))}
      </nav>
      {moved.total === 0 ? (
        <p className="soft">None.</p>
      ) : (
        <Scroll label="Cases that moved">
          <table>
            <thead>
              <tr>
                <th scope="col">Case</th>
                <th scope="col">Category</th>
                <th scope="col">User segment</th>
              </tr>
            </thead>
            <tbody>
              {moved.cases.map(({ id, key, category, userSegment, archived }) => (
                <tr key={id}>
                  <th scope="row">
                    <Link to={`/p/${project}/cases/${id}`}>{key}</Link>
                    {archived ? <span className="faint"> archived</span> : null}
                  </th>
                  <td>{capital(category)}</td>
                  <td>{capital(userSegment)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <Paging page={page} size={size} total={moved.total} of="cases" />
    </Section>
  )
}

import { Link } from '@remix-run/react'
import type { TraceSegments } from '#app/evaluation/traces/segments.ts'
import { UNASSIGNED } from '#app/evaluation/traces/unassigned.ts'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'

const n = (count: number) => count.toLocaleString('en')
const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)
const percent = (part: number, all: number) => (all === 0 ? '' : `${((100 * part) / all).toFixed(1)} %`)

/** How many open traces each segment has, the unassigned ones among them; every count leads to its traces. */
export function Segments({ segments, open }: { segments: TraceSegments; open: number }) {
  const { userSegments, categories, totals } = segments
  const to = (category: string | null, segment?: string | null) =>
    `?${new URLSearchParams({
      category: category ?? UNASSIGNED,
      ...(segment === undefined ? {} : { segment: segment ?? UNASSIGNED }),
    })}`
  return (
    <Section
      id="segments"
      title="Traces by segment"
      lead="Those that may be sampled: neither merged, nor left out, nor cases already. Only assigned ones can be drawn."
    >
      <Scroll label="Traces by category and user segment">
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">Category</th>
              {userSegments.map((segment) => (
                <th scope="col" className="number" key={segment ?? ''}>
                  {segment === null ? 'Unassigned' : capital(segment)}
                </th>
              ))}
              <th scope="col" className="number">
                All
              </th>
              <th scope="col" className="number">
                Share
              </th>
            </tr>
          </thead>
          <tbody>
            {categories.map(({ category, counts, all }) => (
              <tr key={category ?? ''}>
                <th scope="row">
                  <Link to={to(category)}>
                    {category === null ? (
                      <span className="state" data-tone="warn">
                        Unassigned
                      </span>
                    ) : (
                      capital(category)
                    )}
                  </Link>
                </th>
                {counts.map((count, i) => (
                  <td className="number" key={userSegments[i] ?? ''}>
                    {count === 0 ? (
                      <span className="faint">0</span>
                    ) : (
                      <Link to={to(category, userSegments[i])}>{n(count)}</Link>
                    )}
                  </td>
                ))}
                <td className="number">
                  <strong>{n(all)}</strong>
                </td>
                <td className="number">{percent(all, open)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">All</th>
              {totals.map((total, i) => (
                <td className="number" key={userSegments[i] ?? ''}>
                  {n(total)}
                </td>
              ))}
              <td className="number">
                <strong>{n(open)}</strong>
              </td>
              <td />
            </tr>
          </tfoot>
        </table>
      </Scroll>
    </Section>
  )
}

import { Link } from '@remix-run/react'
import type { ListedSampling } from '#app/evaluation/sampling/list.ts'
import { Section } from '#app/ui/page.tsx'
import { Paging } from '#app/ui/paging.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { When } from '#app/ui/when.tsx'

const n = (count: number) => count.toLocaleString('en')

/** The samplings that were done. */
export function Earlier({
  samplings,
  total,
  page,
  size,
}: {
  samplings: ListedSampling[]
  total: number
  page: number
  size: number
}) {
  if (total === 0) return null
  return (
    <Section id="earlier" title="Done so far">
      <Scroll label="Samplings">
        <table>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">By</th>
              <th scope="col" className="number">
                Cases
              </th>
              <th scope="col" className="number">
                Active
              </th>
              <th scope="col" className="number">
                Holdout
              </th>
            </tr>
          </thead>
          <tbody>
            {samplings.map(({ id, at, by, drawn, active, holdout }) => (
              <tr key={id}>
                <th scope="row">
                  <Link to={id}>
                    <When at={at} time />
                  </Link>
                </th>
                <td>{by}</td>
                <td className="number">{n(drawn)}</td>
                <td className="number">{n(active)}</td>
                <td className="number">{n(holdout)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Paging page={page} size={size} total={total} of="samplings" />
    </Section>
  )
}

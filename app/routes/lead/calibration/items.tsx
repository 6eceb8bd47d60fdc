import { Link } from '@remix-run/react'
import { ITEM_SORTS, ITEMS_PER_PAGE, type ItemSort } from '#app/evaluation/calibration/items-list.ts'
import { Section } from '#app/ui/page.tsx'
import { Paging } from '#app/ui/paging.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { useAddress } from '../agreement/filters.tsx'

export type ItemRow = {
  id: string
  label: string
  systemVersion: string
  caseId: string | null
  raters: number
  raw: string
  fair: string
  error: string
  moved: string
  why: string | null
  settled: string
}

const SORTS: Record<ItemSort, string> = { moved: 'most moved', lowest: 'lowest fair score', open: 'least settled' }

/** Fair scores beside raw means, a page at a time. */
export function Items({ rows, total, page, sort }: { rows: ItemRow[]; total: number; page: number; sort: ItemSort }) {
  const address = useAddress()
  return (
    <Section
      id="items"
      title="Fair scores of items"
      aside={<a href={address('calibration.csv', { table: 'items' })}>CSV</a>}
      lead="What the average rater would have given, over all dimensions, beside the plain mean of those who happened to rate. Settled: dimensions on which one level is at least 80 % likely to be the true one."
    >
      <p className="row">
        <span className="soft">In order:</span>
        {ITEM_SORTS.map((one) =>
          one === sort ? (
            <strong key={one}>{SORTS[one]}</strong>
          ) : (
            <Link key={one} to={`${address('', { sort: one, itemPage: null })}#items`}>
              {SORTS[one]}
            </Link>
          ),
        )}
      </p>
      <Scroll label="Items with their fair scores">
        <table className="fair">
          <thead>
            <tr>
              <th scope="col">Item</th>
              <th scope="col">System version</th>
              <th scope="col" className="number">
                Raw mean
              </th>
              <th scope="col" className="number">
                Fair score
              </th>
              <th scope="col" className="number">
                Standard error
              </th>
              <th scope="col" className="number">
                Moved by
              </th>
              <th scope="col" className="number">
                Settled
              </th>
              <th scope="col" className="number">
                Ratings
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  {row.caseId ? <Link to={`../cases/${row.caseId}`}>{row.label}</Link> : row.label}
                  {row.why ? <small className="why">{row.why}</small> : null}
                </th>
                <td>{row.systemVersion}</td>
                <td className="number">{row.raw}</td>
                <td className="number">{row.fair}</td>
                <td className="number">{row.error}</td>
                <td className="number">{row.moved}</td>
                <td className="number">{row.settled}</td>
                <td className="number">
                  <Link to={address('../agreement/ratings', { item: row.id, rater: null, back: 'calibration' })}>
                    {row.raters}
                    <span className="unseen"> ratings of {row.label}</span>
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Paging page={page} size={ITEMS_PER_PAGE} total={total} of="items" name="itemPage" />
    </Section>
  )
}

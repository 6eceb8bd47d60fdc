import { Link } from '@remix-run/react'
import type { CategoryCounts, SegmentTable } from '#app/evaluation/cases/segments.ts'
import { percentOf } from '#app/http/numbers.ts'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'

/** The share that fills a bar from end to end. */
const WIDEST_PERCENT = 40

const n = (count: number) => count.toLocaleString('en')
const percent = (share: number) => `${(100 * share).toFixed(1)} %`
const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)

/** How many cases each category and user segment holds, and which category is under its floor. */
export function Segments({ table }: { table: SegmentTable }) {
  return (
    <Section
      id="segments"
      title="Cases by segment"
      aside={
        <a href="cases/segments.csv" download>
          CSV
        </a>
      }
      lead={`${floorInWords(table)} ${shortfallInWords(table.categories)}`}
    >
      <Scroll label="Cases by category and user segment">
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">Category</th>
              {table.userSegments.map((segment) => (
                <th scope="col" className="number" key={segment}>
                  {capital(segment)}
                </th>
              ))}
              <th scope="col" className="number">
                All
              </th>
              <th scope="col" className="number">
                Share
              </th>
              <th scope="col">Floor {percentOf(table.floor.share)} %</th>
              <th scope="col">
                <span className="unseen">Shortfall</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {table.categories.map((row) => (
              <Row key={row.category} row={row} userSegments={table.userSegments} floor={table.floor.share} />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">All</th>
              {table.totals.map((total, i) => (
                <td className="number" key={table.userSegments[i]}>
                  {n(total)}
                </td>
              ))}
              <td className="number">
                <strong>{n(table.all)}</strong>
              </td>
              <td colSpan={3} />
            </tr>
          </tfoot>
        </table>
      </Scroll>
    </Section>
  )
}

function Row({ row, userSegments, floor }: { row: CategoryCounts; userSegments: string[]; floor: number }) {
  const { category, counts, all, share, short } = row
  const width = `${Math.min(100, (100 * 100 * share) / WIDEST_PERCENT)}%`
  const line = `${Math.min(100, (100 * 100 * floor) / WIDEST_PERCENT)}%`
  return (
    <tr>
      <th scope="row">
        <Link to={`?${new URLSearchParams({ category })}`}>{capital(category)}</Link>
      </th>
      {counts.map((count, i) => (
        <td className="number" key={userSegments[i]}>
          {count === 0 ? (
            <span className="faint">0</span>
          ) : (
            <Link to={`?${new URLSearchParams({ category, segment: userSegments[i] ?? '' })}`}>{n(count)}</Link>
          )}
        </td>
      ))}
      <td className="number">
        <strong>{n(all)}</strong>
      </td>
      <td className="number">{percent(share)}</td>
      <td className="share">
        <svg aria-hidden="true">
          <rect className={short > 0 ? 'under' : undefined} width={width} y="3" height="8" />
          <line x1={line} x2={line} y2="14" />
        </svg>
      </td>
      <td>
        {short > 0 ? (
          <span className="state" data-tone="warn">
            {n(short)} short
          </span>
        ) : null}
      </td>
    </tr>
  )
}

function floorInWords({ floor, categories }: SegmentTable): string {
  const share = `${percentOf(floor.share)} %`
  return floor.equal
    ? `${categories.length} categories share the cases equally: each is to hold at least ${share}.`
    : `Every category is to hold at least ${share} of the cases.`
}

function shortfallInWords(categories: readonly CategoryCounts[]): string {
  const under = categories.filter(({ short }) => short > 0)
  const [only] = under
  if (!only) return 'All of them do.'
  if (under.length === 1) {
    return `${capital(only.category)} is under its floor: ${cases(only.short)} would bring it there.`
  }
  const list = under.map(({ category, short }) => `${category} (${cases(short)})`)
  return `Under their floor, and what each would need by itself: ${list.join(', ')}.`
}

const cases = (count: number) => `${n(count)} more ${count === 1 ? 'case' : 'cases'}`

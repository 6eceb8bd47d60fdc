import { Link } from '@remix-run/react'
import { Fragment } from 'react'
import { NamedShares } from '#app/charts/named-shares.tsx'
import type { ClosenessFigures, OutcomeCounts } from '#app/evaluation/closeness/figures.ts'
import { percent } from '#app/evaluation/figure.ts'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'

const NAMES = ['Below the bar', 'Matches borderline', 'Between', 'Matches high']

const total = (counts: readonly number[]) => counts.reduce((sum, n) => sum + n, 0)

const added = (rows: readonly OutcomeCounts[]) =>
  NAMES.map((_, k) => rows.reduce((sum, row) => sum + (row.counts[k] ?? 0), 0))

/** Where the responses of each system version stand, as a whole and by segment. */
export function Outcomes({ figures: { systems, rows, measure } }: { figures: ClosenessFigures }) {
  return (
    <Section
      id="outcomes"
      title="Outcomes by system version and segment"
      aside={
        <Link to={`../closeness.csv?measure=${measure}`} reloadDocument>
          CSV
        </Link>
      }
    >
      <p className="legend" data-levels={NAMES.length}>
        {NAMES.map((name, k) => (
          <span key={name}>
            <i data-level={k + 1} aria-hidden="true" /> {name}
          </span>
        ))}
      </p>
      <Scroll label="Outcomes by system version and segment">
        <table className="outcomes">
          <thead>
            <tr>
              <th scope="col">System version, segment</th>
              <th scope="col">Shares</th>
              {NAMES.map((name) => (
                <th scope="col" className="number" key={name}>
                  {name}
                </th>
              ))}
              <th scope="col" className="number">
                Responses
              </th>
            </tr>
          </thead>
          <tbody>
            {systems.map((system) => {
              const own = rows.filter((row) => row.system === system)
              return own.length === 0 ? null : (
                <Fragment key={system}>
                  <Row name={<strong>{system}</strong>} counts={added(own)} />
                  {own.map(({ category, userSegment, counts }) => (
                    <Row
                      key={`${category} ${userSegment}`}
                      name={<span className="within">{`${category} · ${userSegment}`}</span>}
                      counts={counts}
                    />
                  ))}
                </Fragment>
              )
            })}
          </tbody>
        </table>
      </Scroll>
    </Section>
  )
}

function Row({ name, counts }: { name: React.ReactNode; counts: readonly number[] }) {
  const all = total(counts)
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <NamedShares names={NAMES} counts={counts} />
      </td>
      {counts.map((count, k) => (
        <td className="number" key={NAMES[k]}>
          {percent(all === 0 ? 0 : count / all)}
        </td>
      ))}
      <td className="number">{all.toLocaleString('en')}</td>
    </tr>
  )
}

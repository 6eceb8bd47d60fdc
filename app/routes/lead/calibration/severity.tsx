import { Link } from '@remix-run/react'
import type { Forest } from '#app/charts/forest.server.ts'
import { ForestPlot } from '#app/charts/forest.tsx'
import type { Unit } from '#app/evaluation/calibration/reading.ts'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { useAddress } from '../agreement/filters.tsx'
import type { Lean, SeverityRow } from './view.server.ts'

const LEAN: Record<Lean, readonly [string, string]> = {
  severe: ['warn', 'Severe'],
  lenient: ['warn', 'Lenient'],
  average: ['good', 'Average'],
  unknown: ['none', 'Unknown'],
}

/** Severity per rater: the plot, and the table with what it rests on. */
export function Severity({
  rows,
  plot,
  description,
  separation,
  unit,
}: {
  rows: SeverityRow[]
  plot: Forest
  description: string
  separation: string
  unit: Unit
}) {
  const address = useAddress()
  const points = unit === 'points'
  const grouped = rows.some(({ group }) => group !== null)
  return (
    <Section
      id="severity"
      title={points ? 'Severity in points' : 'Severity in logits'}
      aside={<a href={address('calibration.csv', { table: 'severity' })}>CSV</a>}
      lead={
        <>
          {points
            ? 'The score this rater is expected to give less that of the average rater, over the same items: below 0 is severe. '
            : 'Severity in the model’s own unit: above 0 is severe. '}
          Lines are 95 % intervals{plot.rug.length > 0 ? ', ticks at the foot all raters' : ''}.{' '}
          <Link to={address('', { unit: points ? 'logits' : null })} preventScrollReset>
            {points ? 'Show logits' : 'Show points'}
          </Link>
        </>
      }
    >
      <ForestPlot
        forest={plot}
        title={`Severity per rater in ${unit} with 95 % intervals`}
        description={description}
        rows={rows.map(({ id, name, severity }) => ({ id, name, figure: severity.figure, detail: severity.beside }))}
      />
      <p className="soft">{separation}</p>
      <details>
        <summary>Severity as a table</summary>
        <Scroll label="Severity by rater, as a table">
          <table>
            <thead>
              <tr>
                <th scope="col">Rater</th>
                <th scope="col">Reading</th>
                <th scope="col" className="number">
                  Severity
                </th>
                <th scope="col" className="number">
                  Interval
                </th>
                <th scope="col" className="number">
                  Standard error
                </th>
                {grouped ? (
                  <th scope="col" className="number">
                    Group
                  </th>
                ) : null}
                <th scope="col" className="number">
                  Scores
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <th scope="row">{row.name}</th>
                  <td>
                    <span className="state" data-tone={LEAN[row.lean][0]}>
                      {LEAN[row.lean][1]}
                    </span>
                    {row.severity.why ? <small className="why">{row.severity.why}</small> : null}
                  </td>
                  <td className="number">{row.severity.figure}</td>
                  <td className="number">{row.severity.beside}</td>
                  <td className="number">{row.error}</td>
                  {grouped ? <td className="number">{row.group ?? '–'}</td> : null}
                  <td className="number">
                    <Link to={address('../agreement/ratings', { rater: row.id, back: 'calibration' })}>
                      {row.scores}
                      <span className="unseen"> scores by {row.name}, as ratings</span>
                    </Link>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
    </Section>
  )
}

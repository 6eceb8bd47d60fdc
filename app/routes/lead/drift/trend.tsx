import { Link } from '@remix-run/react'
import { PeriodsChart } from '#app/charts/periods.tsx'
import { capital, within } from '#app/evaluation/figure.ts'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { CsvLink } from './csv-link.tsx'
import type { TrendView } from './view/trend.server.ts'

/** The mean of live answers over time; the line breaks where the rubric's version changes without a bridge. */
export function Trend({ view, dimension }: { view: TrendView; dimension: { key: string; name: string } }) {
  const versions = view.rows.some(({ version }) => version !== view.rows[0]?.version)
  return (
    <Section
      id="trend"
      title={`${capital(dimension.name)} over time: mean of live answers`}
      aside={<CsvLink table="trend" dimension={dimension.key} />}
      lead="As rated, with 95 % intervals over answers. What moved it is taken apart beneath; the line alone does not say."
    >
      <PeriodsChart
        chart={view.chart}
        title={`Mean score on ${within(dimension.name)} by period`}
        description={view.description}
      />
      <details className="as-table">
        <summary>As a table</summary>
        <Scroll label="Mean by period, as a table">
          <table>
            <thead>
              <tr>
                <th scope="col">Period</th>
                {versions ? <th scope="col">Rubric</th> : null}
                <th scope="col" className="number">
                  Mean
                </th>
                <th scope="col" className="number">
                  95 % interval
                </th>
                <th scope="col" className="number">
                  At the first period’s mix
                </th>
                <th scope="col" className="number">
                  Answers
                </th>
                <th scope="col" className="number">
                  Ratings
                </th>
              </tr>
            </thead>
            <tbody>
              {view.rows.map((row) => (
                <tr key={row.key}>
                  <th scope="row">{row.period}</th>
                  {versions ? <td>{row.version}</td> : null}
                  <td className="number">{row.mean}</td>
                  <td className="number">{row.interval}</td>
                  <td className="number">{row.atMix}</td>
                  <td className="number">{row.items}</td>
                  <td className="number">{row.link ? <Link to={row.link}>{row.ratings}</Link> : row.ratings}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
    </Section>
  )
}

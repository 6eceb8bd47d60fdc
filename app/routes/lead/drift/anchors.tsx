import { Link } from '@remix-run/react'
import { PeriodsChart } from '#app/charts/periods.tsx'
import { capital, within } from '#app/evaluation/figure.ts'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { CsvLink } from './csv-link.tsx'
import { Transitions } from './transitions.tsx'
import type { AnchorsView } from './view/anchors.server.ts'
import type { AnchorTransitions } from './view/transitions.server.ts'

/** The panel on the anchors: the chart that raises the alarm, the two that people know beside it, and how levels moved. */
export function Anchors({
  view,
  transitions,
  dimension,
  falseAlarms,
}: {
  view: AnchorsView
  transitions: AnchorTransitions | null
  dimension: { key: string; name: string }
  falseAlarms: string
}) {
  const name = within(dimension.name)
  return (
    <Section
      id="anchors"
      title={`${capital(dimension.name)} on anchors: difference to the baseline, in points`}
      aside={<CsvLink table="anchors" dimension={dimension.key} />}
      lead="Answers rated again without the raters knowing. What each rater’s severity and each anchor’s level lead one to expect is taken off; below zero is stricter."
    >
      {view.baselines.length > 0 ? <p className="soft">Baseline: {view.baselines.join('; ')}.</p> : null}
      {view.why.map((reason) => (
        <p key={reason} className="soft">
          {reason}
        </p>
      ))}
      {view.charts ? (
        <>
          <PeriodsChart
            chart={view.charts.means}
            title={`Control chart of ${name} on anchors`}
            description={view.description}
          />
          <p className="legend">
            <span>
              <svg className="chart" aria-hidden="true">
                <line className="faded" x1="10" x2="10" y2="12" />
                <circle className="dot" cx="10" cy="6" r="4" />
              </svg>
              One period, 95 % interval
            </span>
            <span>
              <svg className="chart" aria-hidden="true">
                <path className="alarm" d="M10,-1 17,12 3,12Z" transform="scale(.9)" />
              </svg>
              Alarm, of this period alone or with the one before
            </span>
            <span>
              <svg className="chart" aria-hidden="true">
                <line className="limit" x2="20" y1="6" y2="6" />
              </svg>
              Limit of a single period: {falseAlarms}, {view.limitedBy}, the baseline’s own error within
            </span>
          </p>
          <div className="beside">
            <figure>
              <figcaption>Running mean (EWMA, λ 0.2)</figcaption>
              <PeriodsChart
                chart={view.charts.ewma}
                title={`EWMA of ${name} on anchors`}
                description="The running mean of the differences with its limits; the figures are in the table beneath."
              />
            </figure>
            <figure>
              <figcaption>Sums beyond a slack of 0.125 points (CUSUM)</figcaption>
              <PeriodsChart
                chart={view.charts.cusum}
                title={`CUSUM of ${name} on anchors`}
                description="One sum for differences upwards and one for those downwards, with their limit; the figures are in the table beneath."
              />
            </figure>
          </div>
        </>
      ) : null}
      {view.rows.length > 0 ? (
        <details className="as-table">
          <summary>As a table</summary>
          <AnchorTable view={view} />
        </details>
      ) : null}
      {transitions ? (
        <div className="level-moves">
          <h3>How levels moved on the anchors</h3>
          <Transitions view={transitions.table} before={transitions.from} after={transitions.to} />
          <p className="soft">{transitions.moved}</p>
        </div>
      ) : null}
    </Section>
  )
}

function AnchorTable({ view }: { view: AnchorsView }) {
  const versions = view.rows.some(({ version }) => version !== '')
  return (
    <Scroll label="Anchors by period, as a table">
      <table>
        <thead>
          <tr>
            <th scope="col">Period</th>
            {versions ? <th scope="col">Rubric</th> : null}
            <th scope="col" className="number">
              Difference
              <br />
              on the same anchors
            </th>
            <th scope="col" className="number">
              95 % interval
            </th>
            <th scope="col" className="number">
              Adjusted p
            </th>
            <th scope="col" className="number">
              Severity-adjusted
            </th>
            <th scope="col" className="number">
              Limits
            </th>
            <th scope="col" className="number">
              EWMA
            </th>
            <th scope="col" className="number">
              CUSUM
            </th>
            <th scope="col" className="number">
              Consensus moved
            </th>
            <th scope="col" className="number">
              Ratings
            </th>
            <th scope="col">Alarm</th>
          </tr>
        </thead>
        <tbody>
          {view.rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.period}</th>
              {versions ? <td>{row.version}</td> : null}
              <td className="number">{row.difference}</td>
              <td className="number">{row.interval}</td>
              <td className="number">{row.p}</td>
              <td className="number">{row.residual}</td>
              <td className="number">{row.limits}</td>
              <td className="number">{row.ewma}</td>
              <td className="number">{row.cusum}</td>
              <td className="number">{row.moved}</td>
              <td className="number">{row.link ? <Link to={row.link}>{row.ratings}</Link> : row.ratings}</td>
              <td>{row.alarm}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

import { ShareRowsChart } from '#app/charts/share-rows.tsx'
import type { PlannedSegment, SamplingPlan } from '#app/evaluation/sampling/planned.ts'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import type { PlanView } from './view.server.ts'

const n = (count: number) => count.toLocaleString('en')
const percent = (share: number) => `${(100 * share).toFixed(1)} %`

const TONES = [['hollow'], ['raw', 'dot']]
const LEGEND = [
  { tone: 'hollow', says: 'share of the traffic' },
  { tone: 'raw', says: 'share of the set, active' },
  { tone: 'dot', says: 'share of the set, holdout' },
]

/** A plan, or what was done by one: the shares drawn, and all of it as tables. */
export function Plan({ view, csv }: { view: PlanView; csv: string }) {
  const { plan } = view
  return (
    <>
      <Section
        id="categories"
        title="Traffic and set by category"
        aside={
          <a href={csv} download>
            CSV
          </a>
        }
      >
        <ShareRowsChart
          chart={view.chart}
          title="Share of the traffic and of the set by category"
          description={view.description}
          rows={view.rows}
          tones={TONES}
          legend={LEGEND}
        />
        <Categories plan={plan} />
      </Section>
      <Section
        id="segments"
        title="By user segment"
        lead="Within a category cases go by traffic; within each segment they are split. Each case stands for so many interactions, which is its weight in figures for the traffic as a whole."
      >
        <Scroll label="The plan by segment">
          <table>
            <thead>
              <tr>
                <th scope="col">Category</th>
                <th scope="col">User segment</th>
                <th scope="col" className="number">
                  Traffic
                </th>
                <th scope="col" className="number">
                  Waiting
                </th>
                <th scope="col" className="number">
                  Cases
                </th>
                <th scope="col" className="number">
                  Active
                </th>
                <th scope="col" className="number">
                  Holdout
                </th>
                <th scope="col" className="number">
                  Each stands for
                </th>
              </tr>
            </thead>
            <tbody>
              {plan.segments.map((segment) => (
                <SegmentRow key={`${segment.category} ${segment.userSegment}`} segment={segment} />
              ))}
            </tbody>
          </table>
        </Scroll>
      </Section>
    </>
  )
}

function Categories({ plan }: { plan: SamplingPlan }) {
  return (
    <Scroll label="The plan by category">
      <table>
        <thead>
          <tr>
            <th scope="col">Category</th>
            <th scope="col" className="number">
              Traffic
            </th>
            <th scope="col" className="number">
              Its share
            </th>
            <th scope="col" className="number">
              Waiting
            </th>
            <th scope="col" className="number">
              Floor
            </th>
            <th scope="col" className="number">
              Cases
            </th>
            <th scope="col" className="number">
              Their share
            </th>
            <th scope="col" className="number">
              Active
            </th>
            <th scope="col" className="number">
              Holdout
            </th>
            <th scope="col">
              <span className="unseen">Shortfall</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {plan.categories.map((one) => (
            <tr key={one.category}>
              <th scope="row">{one.category}</th>
              <td className="number">{n(one.traffic)}</td>
              <td className="number">{percent(one.trafficShare)}</td>
              <td className="number">{n(one.waiting)}</td>
              <td className="number">{n(one.floor)}</td>
              <td className="number">
                <strong>{n(one.drawn)}</strong>
              </td>
              <td className="number">{percent(one.setShare)}</td>
              <td className="number">{n(one.active)}</td>
              <td className="number">{n(one.holdout)}</td>
              <td>
                {one.short > 0 ? (
                  <span className="state" data-tone="warn">
                    {n(one.short)} short
                  </span>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            <td className="number">{n(plan.traffic)}</td>
            <td />
            <td className="number">{n(plan.waiting)}</td>
            <td />
            <td className="number">
              <strong>{n(plan.drawn)}</strong>
            </td>
            <td />
            <td className="number">{n(plan.active)}</td>
            <td className="number">{n(plan.holdout)}</td>
            <td />
          </tr>
        </tfoot>
      </table>
    </Scroll>
  )
}

function SegmentRow({ segment }: { segment: PlannedSegment }) {
  const { category, userSegment, traffic, waiting, drawn, active, holdout, weight } = segment
  return (
    <tr>
      <th scope="row">{category}</th>
      <td>{userSegment}</td>
      <td className="number">{n(traffic)}</td>
      <td className="number">{n(waiting)}</td>
      <td className="number">{drawn === 0 ? <span className="faint">0</span> : <strong>{n(drawn)}</strong>}</td>
      <td className="number">{n(active)}</td>
      <td className="number">{n(holdout)}</td>
      <td className="number">{weight === null ? <span className="faint">none</span> : weight.toFixed(1)}</td>
    </tr>
  )
}

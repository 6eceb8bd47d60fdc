import { Link } from '@remix-run/react'
import { ForestPlot } from '#app/charts/forest.tsx'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { CsvLink } from './csv-link.tsx'
import type { RatersView } from './view/raters.server.ts'

/** Each rater on the anchors that he or she rated before. */
export function Raters({ view, dimension }: { view: RatersView; dimension: string }) {
  const more = view.rows.length - view.drawn.length
  return (
    <Section
      id="raters"
      title="Each rater on the same anchors"
      aside={<CsvLink table="raters" dimension={dimension} />}
      lead={`${view.period} against the rater’s own ratings of ${view.baseline}, under version ${view.version}. Below zero is stricter.${more > 0 ? ` The ${view.drawn.length} furthest from the panel; ${more} more in the table.` : ''}`}
    >
      <ForestPlot
        forest={view.plot}
        title="Each rater’s mean difference on anchors, in points"
        description={view.description}
        rows={view.drawn}
      />
      <details className="as-table">
        <summary>As a table</summary>
        <Scroll label="Each rater’s change, as a table">
          <table>
            <thead>
              <tr>
                <th scope="col">Rater</th>
                <th scope="col" className="number">
                  Change
                </th>
                <th scope="col" className="number">
                  95 % interval
                </th>
                <th scope="col" className="number">
                  Beyond the panel
                </th>
                <th scope="col" className="number">
                  Adjusted p
                </th>
                <th scope="col" className="number">
                  Rests on
                </th>
                <th scope="col">State</th>
              </tr>
            </thead>
            <tbody>
              {view.rows.map((row) => (
                <tr key={row.id}>
                  <th scope="row">{row.link ? <Link to={row.link}>{row.name}</Link> : row.name}</th>
                  <td className="number">{row.change}</td>
                  <td className="number" title={row.why ?? undefined}>
                    {row.interval}
                  </td>
                  <td className="number">{row.beyond}</td>
                  <td className="number">{row.p}</td>
                  <td className="number">{row.anchors}</td>
                  <td>
                    {row.unwatched !== null && !row.alarm ? (
                      row.unwatched
                    ) : (
                      <span className="state" data-tone={row.alarm ? 'bad' : 'good'}>
                        {row.alarm ? 'Alarm' : 'As the panel'}
                      </span>
                    )}
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

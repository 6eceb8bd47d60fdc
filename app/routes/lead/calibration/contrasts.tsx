import { Link } from '@remix-run/react'
import type { Forest } from '#app/charts/forest.server.ts'
import { ForestPlot } from '#app/charts/forest.tsx'
import type { Unit } from '#app/evaluation/calibration/reading.ts'
import { plural } from '#app/evaluation/figure.ts'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { useAddress } from '../agreement/filters.tsx'
import type { ContrastRow } from './view.server.ts'

/** Rater by dimension contrasts, the largest first. */
export function Contrasts({ rows, plot, left, unit }: { rows: ContrastRow[]; plot: Forest; left: number; unit: Unit }) {
  const address = useAddress()
  return (
    <Section
      id="contrasts"
      title="Who reads which dimension differently"
      aside={<a href={address('calibration.csv', { table: 'contrasts' })}>CSV</a>}
      lead={`How a rater scores on one dimension beside all of theirs, in ${unit} with 95 % intervals; those marked clear would be surprising even as the largest of all. Where several raters lean the same way, look at the anchors first.`}
    >
      {rows.length === 0 ? (
        <p className="soft">Needs two raters or more with scores on two dimensions or more.</p>
      ) : (
        <>
          <ForestPlot
            forest={plot}
            title={`The largest rater by dimension contrasts in ${unit}`}
            description={rows
              .map((row) => `${row.name} on ${row.dimension.name}: ${row.figure}, interval ${row.beside}.`)
              .join(' ')}
            rows={rows.map((row) => ({
              id: `${row.rater} ${row.dimension.key}`,
              name: `${row.name}, ${row.dimension.name}`,
              figure: row.figure,
              detail: row.beside,
            }))}
          />
          <details>
            <summary>Contrasts as a table</summary>
            <Scroll label="Rater by dimension contrasts, as a table">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Rater</th>
                    <th scope="col">Dimension</th>
                    <th scope="col">Reading</th>
                    <th scope="col" className="number">
                      Contrast
                    </th>
                    <th scope="col" className="number">
                      Interval
                    </th>
                    <th scope="col" className="number">
                      Scores
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={`${row.rater} ${row.dimension.key}`}>
                      <th scope="row">{row.name}</th>
                      <td>{row.dimension.name}</td>
                      <td>
                        <span className="state" data-tone={row.clear ? 'warn' : 'none'}>
                          {row.clear ? 'Clear' : 'May be chance'}
                        </span>
                      </td>
                      <td className="number">{row.figure}</td>
                      <td className="number">{row.beside}</td>
                      <td className="number">
                        <Link
                          to={address('../agreement/ratings', {
                            rater: row.rater,
                            dimension: row.dimension.key,
                            back: 'calibration',
                          })}
                        >
                          {row.scores}
                          <span className="unseen">
                            {' '}
                            scores by {row.name} on {row.dimension.name}, as ratings
                          </span>
                        </Link>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          </details>
          {left > 0 ? <p className="soft">{plural(left, 'smaller contrast')} in the CSV.</p> : null}
        </>
      )}
    </Section>
  )
}

import type { Forest } from '#app/charts/forest.server.ts'
import { ForestPlot } from '#app/charts/forest.tsx'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { useAddress } from '../agreement/filters.tsx'
import type { SeverityRow } from './view.server.ts'

const READING = {
  erratic: ['warn', 'Erratic'],
  'too even': ['warn', 'Too even'],
  'as expected': ['good', 'As expected'],
  'too few scores': ['none', 'Too few scores'],
  none: ['none', 'Unknown'],
} as const

/** How predictable each rater is: infit and outfit with their bands. */
export function Fit({ rows, plot }: { rows: SeverityRow[]; plot: Forest }) {
  const address = useAddress()
  return (
    <Section
      id="fit"
      title="How predictable each rater is"
      aside={<a href={address('calibration.csv', { table: 'severity' })}>CSV</a>}
      lead="Mean squares of what the model did not expect, 1 being as usual: infit (filled) over all scores, outfit (hollow) moved by single surprises. Above 1.5 a rater is erratic; below 0.5 too even, as by keeping to one level. Not read below 30 scores."
    >
      <ForestPlot
        forest={plot}
        title="Infit and outfit per rater"
        description={rows.map(({ name, infit, outfit }) => `${name}: infit ${infit}, outfit ${outfit}.`).join(' ')}
        rows={rows.map(({ id, name, infit, outfit }) => ({ id, name, figure: infit, detail: outfit }))}
      />
      <details>
        <summary>Fit as a table</summary>
        <Scroll label="Fit by rater, as a table">
          <table>
            <thead>
              <tr>
                <th scope="col">Rater</th>
                <th scope="col">Reading</th>
                <th scope="col" className="number">
                  Infit
                </th>
                <th scope="col" className="number">
                  Outfit
                </th>
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
                    <span className="state" data-tone={READING[row.fit][0]}>
                      {READING[row.fit][1]}
                    </span>
                    {row.whyNoFit ? <small className="why">{row.whyNoFit}</small> : null}
                  </td>
                  <td className="number">{row.infit}</td>
                  <td className="number">{row.outfit}</td>
                  <td className="number">{row.scores}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
    </Section>
  )
}

import { WaterfallChart } from '#app/charts/waterfall.tsx'
import { Section } from '#app/ui/page.tsx'
import { CsvLink } from './csv-link.tsx'
import type { SplitView } from './view/split.server.ts'

/** What carried the mean from the earlier period to the later one, cause by cause. */
export function Split({ view, dimension }: { view: SplitView; dimension: string }) {
  const rows = [
    { name: view.before.name, figure: view.before.figure, detail: '' },
    ...view.parts.map(({ name, figure, detail }) => ({ name, figure, detail })),
    { name: view.after.name, figure: view.after.figure, detail: view.change },
  ]
  return (
    <Section
      id="causes"
      title="What moved the mean"
      aside={<CsvLink table="causes" dimension={dimension} />}
      lead="The parts add up exactly. A hollow bar may be nothing: its 95 % interval, the line beneath it, includes zero."
    >
      <WaterfallChart
        chart={view.chart}
        title="What moved the mean, in points"
        description={view.description}
        rows={rows}
      />
      {view.parts
        .filter(({ why }) => why.length > 0)
        .map(({ name, why }) => (
          <p key={name} className="soft">
            {name} come as one part, because this design cannot tell them apart. {why.join(' ')}
          </p>
        ))}
      <details className="as-table">
        <summary>As a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Cause</th>
              <th scope="col" className="number">
                Points
              </th>
              <th scope="col" className="number">
                95 % interval
              </th>
              <th scope="col">Stands out from chance</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{view.before.name}</th>
              <td className="number">{view.before.figure}</td>
              <td />
              <td />
            </tr>
            {view.parts.map(({ name, figure, detail, stands }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="number">{figure}</td>
                <td className="number">{detail}</td>
                <td>{stands ? 'yes' : 'no'}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">{view.after.name}</th>
              <td className="number">{view.after.figure}</td>
              <td />
              <td />
            </tr>
          </tbody>
        </table>
      </details>
    </Section>
  )
}

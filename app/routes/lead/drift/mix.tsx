import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { CsvLink } from './csv-link.tsx'
import type { MixView } from './view/mix.server.ts'

/** So many segments are listed; those that changed least are in the file. */
const LISTED = 10

/** Which cases were judged: never called drift. */
export function Mix({ view, dimension }: { view: MixView; dimension: string }) {
  const rows = view.rows.slice(0, LISTED)
  return (
    <Section id="mix" title="The mix of cases" aside={<CsvLink table="mix" dimension={dimension} />} lead={view.said}>
      <Scroll label="The mix of cases, as a table">
        <table className="mix">
          <thead>
            <tr>
              <th scope="col">Segment</th>
              <th scope="col" className="number">
                {view.before}
              </th>
              <th scope="col" className="number">
                {view.after}
              </th>
              <th scope="col" className="number">
                Points of share
              </th>
              <th scope="col">
                <span className="unseen">Both shares drawn</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, before, after, was, is, difference }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="number">{before}</td>
                <td className="number">{after}</td>
                <td className="number">{difference}</td>
                <td className="bar">
                  <svg aria-hidden="true" height="14">
                    <rect x="0" y="0" width={`${100 * was}%`} height="5" />
                    <rect className="most" x="0" y="7" width={`${100 * is}%`} height="5" />
                  </svg>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {view.rows.length > LISTED ? (
        <p className="soft">{view.rows.length - LISTED} segments that changed less are in the CSV.</p>
      ) : null}
      <details>
        <summary>By period, and which systems answered</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Period</th>
              <th scope="col" className="number">
                Answers
              </th>
              <th scope="col" className="number">
                PSI
              </th>
              <th scope="col" className="number">
                Jensen-Shannon distance
              </th>
              <th scope="col" className="number">
                p of the same mix
              </th>
            </tr>
          </thead>
          <tbody>
            {view.periods.map(({ period, items, psi, distance, p }) => (
              <tr key={period}>
                <th scope="row">{period}</th>
                <td className="number">{items}</td>
                <td className="number">{psi}</td>
                <td className="number">{distance}</td>
                <td className="number">{p}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <table>
          <thead>
            <tr>
              <th scope="col">Period</th>
              <th scope="col">System versions, with answers rated</th>
            </tr>
          </thead>
          <tbody>
            {view.systems.map(({ period, systems }) => (
              <tr key={period}>
                <th scope="row">{period}</th>
                <td>{systems}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Section>
  )
}

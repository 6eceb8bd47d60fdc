import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { useAddress } from '../agreement/filters.tsx'
import type { CompanionRow } from './companions.server.ts'

/** What can be said of each rater without a model. */
export function Companions({
  rows,
  columns,
}: {
  rows: CompanionRow[]
  columns: readonly { name: string; what: string }[]
}) {
  const address = useAddress()
  return (
    <Section
      id="companions"
      title="Habits of scoring"
      aside={<a href={address('calibration.csv', { table: 'companions' })}>CSV</a>}
      lead="Without a model, and so without its assumptions; not adjusted for who the others were. A word marks what lies outside the usual."
    >
      <Scroll label="Habits of scoring by rater">
        <table className="companions">
          <thead>
            <tr>
              <th scope="col">Rater</th>
              {columns.map(({ name, what }) => (
                <th key={name} scope="col" className="number" title={what}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">{row.name}</th>
                {row.cells.map(({ text, why, flag }, i) => (
                  <td key={columns[i]?.name} className={why ? 'number faint' : 'number'} title={why ?? undefined}>
                    {text}
                    {flag ? (
                      <small className="state" data-tone="warn">
                        {flag}
                      </small>
                    ) : null}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <details>
        <summary>What the columns mean</summary>
        <dl className="columns">
          {columns.map(({ name, what }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </details>
    </Section>
  )
}

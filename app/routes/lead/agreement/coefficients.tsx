import { within } from '#app/evaluation/figure.ts'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import type { CoefficientRow, CoefficientsView } from './coefficients.server.ts'
import { useAddress } from './filters.tsx'
import type { Spelled } from './spell.server.ts'

/** Every coefficient of one dimension, with its interval or why it does not exist. */
export function Coefficients({ view }: { view: CoefficientsView }) {
  const address = useAddress()
  return (
    <Section
      id="coefficients"
      title={`All coefficients on ${within(view.dimension.name)}`}
      aside={<a href={address('agreement.csv', { dimension: view.dimension.key, table: 'coefficients' })}>CSV</a>}
      lead={view.sentences.join(' ')}
    >
      <Scroll label={`All coefficients on ${within(view.dimension.name)}`}>
        <table className="coefficients">
          <thead>
            <tr>
              <th scope="col">Coefficient</th>
              <th scope="col" className="number">
                Figure
              </th>
              <th scope="col" className="number">
                95 %, these raters
              </th>
              <th scope="col" className="number">
                95 %, any such raters
              </th>
            </tr>
          </thead>
          {view.groups.map(({ title, rows }) => (
            <tbody key={title}>
              <tr>
                <th scope="rowgroup" colSpan={4}>
                  {title}
                </th>
              </tr>
              {rows.map((row) => (
                <Row key={row.name} row={row} />
              ))}
            </tbody>
          ))}
        </table>
      </Scroll>
    </Section>
  )
}

function Row({ row: { name, use, spelled, sampled, test } }: { row: CoefficientRow }) {
  const missing = spelled.interval === ''
  return (
    <tr>
      <th scope="row">
        {name}
        <small>{test ? `${use}; ${test}` : use}</small>
      </th>
      {missing ? (
        <td className="reason faint" colSpan={3}>
          <span>not estimable: {spelled.why}</span>
        </td>
      ) : (
        <>
          <td className="number">{spelled.figure}</td>
          <Ends spelled={spelled} />
          {sampled ? <Ends spelled={sampled} /> : <td />}
        </>
      )}
    </tr>
  )
}

function Ends({ spelled: { interval, why } }: { spelled: Spelled }) {
  return why ? (
    <td className="reason faint">
      <span>none: {why}</span>
    </td>
  ) : (
    <td className="number">{interval}</td>
  )
}

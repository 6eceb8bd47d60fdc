import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { useAddress } from '../agreement/filters.tsx'

export type VarianceView =
  | { state: 'computing' }
  | { state: 'none'; why: string }
  | {
      state: 'ready'
      words: string
      rows: { part: string; name: string; meaning: string; share: string; interval: string; why: string | null }[]
    }

/** What single scores vary by: the answers, the raters, or neither. */
export function Variance({ view }: { view: VarianceView }) {
  const address = useAddress()
  return (
    <Section
      id="variance"
      title="What scores vary by"
      aside={view.state === 'ready' ? <a href={address('calibration.csv', { table: 'variance' })}>CSV</a> : null}
      lead="Shares of the variance of single scores about the mean of their dimension, levels taken for numbers. Rough where raters are few."
    >
      {view.state === 'computing' ? <p className="soft">Still computing. This page looks again by itself.</p> : null}
      {view.state === 'none' ? <p className="soft">There are no shares: {view.why}.</p> : null}
      {view.state === 'ready' ? <Shares words={view.words} rows={view.rows} /> : null}
    </Section>
  )
}

function Shares({ words, rows }: Pick<Extract<VarianceView, { state: 'ready' }>, 'words' | 'rows'>) {
  return (
    <>
      <p>{words}</p>
      <Scroll label="Shares of the variance, as a table">
        <table className="coefficients">
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col" className="number">
                Share
              </th>
              <th scope="col" className="number">
                95 %
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ part, name, meaning, share, interval, why }) => (
              <tr key={part}>
                <th scope="row">
                  {name}
                  <small>{meaning}</small>
                </th>
                <td className="number">{share}</td>
                <td className={why === null ? 'number' : 'number faint'}>{why === null ? interval : `none: ${why}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  )
}

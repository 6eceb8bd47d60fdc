import { Link } from '@remix-run/react'
import type { ShownItemName, ShownRater } from '#app/evaluation/agreement/names.ts'
import type { SuspicionFigures } from '#app/evaluation/calibration/suspicion.ts'
import { pairInWords, signsInWords, suspicionInWords } from '#app/evaluation/calibration/suspicion-words.ts'
import { capital, plural } from '#app/evaluation/figure.ts'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { useAddress } from '../agreement/filters.tsx'

export type SuspicionView =
  | { state: 'computing' }
  | { state: 'none'; why: string }
  | {
      state: 'ready'
      found: SuspicionFigures
      raters: Record<string, ShownRater>
      items: Record<string, ShownItemName>
    }

/** Careless raters and copying pairs: grounds to look, not verdicts. */
export function Suspicion({ view }: { view: SuspicionView }) {
  const address = useAddress()
  return (
    <Section
      id="suspicion"
      title="Careless raters and copying pairs"
      aside={view.state === 'ready' ? <a href={address('calibration.csv', { table: 'suspicion' })}>CSV</a> : null}
      lead="Grounds to look, not verdicts. Limits come from 200 simulated rounds of honest raters with the same items; each of the two tests names somebody by mistake in 1 honest pool of 20. Read the ratings and talk to the person before you decide anything."
    >
      {view.state === 'computing' ? (
        <p className="soft" role="status">
          Still computing: 200 rounds are being simulated. This page looks again by itself.
        </p>
      ) : view.state === 'none' ? (
        <p className="soft">Nobody can be tested: {view.why}.</p>
      ) : (
        <Found view={view} />
      )}
    </Section>
  )
}

function Found({ view: { found, raters, items } }: { view: Extract<SuspicionView, { state: 'ready' }> }) {
  const address = useAddress()
  const name = (id: string) => raters[id]?.name ?? ''
  const careless = found.raters.filter(({ isCareless }) => isCareless)
  const suspects = found.pairs.filter(({ isSuspect }) => isSuspect)
  return (
    <>
      <p>{suspicionInWords(found).join(' ')}</p>
      {careless.length + suspects.length > 0 ? (
        <Scroll label="Grounds to look">
          <table>
            <thead>
              <tr>
                <th scope="col">Who</th>
                <th scope="col">Grounds to look</th>
                <th scope="col" className="number">
                  Chance among honest raters
                </th>
              </tr>
            </thead>
            <tbody>
              {careless.map((one) => (
                <tr key={one.rater}>
                  <th scope="row">
                    <Link to={address('../agreement/ratings', { rater: one.rater, back: 'calibration' })}>
                      {name(one.rater)}
                    </Link>
                  </th>
                  <td>{capital(signsInWords(one).join('; ') || 'Several signs together.')}</td>
                  <td className="number">{one.p.toFixed(3)}</td>
                </tr>
              ))}
              {suspects.map((one) => (
                <tr key={`${one.first} ${one.second}`}>
                  <th scope="row">
                    <Link to={address('../agreement/ratings', { rater: one.first, back: 'calibration' })}>
                      {name(one.first)}
                    </Link>
                    {' and '}
                    <Link to={address('../agreement/ratings', { rater: one.second, back: 'calibration' })}>
                      {name(one.second)}
                    </Link>
                  </th>
                  <td>{pairInWords(one)}</td>
                  <td className="number">{one.p.toFixed(3)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      ) : null}
      {found.proposals.length > 0 ? (
        <details>
          <summary>Whom to give what, so that pairs can be tested</summary>
          <ul className="proposals">
            {found.proposals.map(({ first, second, shared, give }) => (
              <li key={`${first} ${second}`}>
                <p>
                  {name(first)} and {name(second)} share {plural(shared, 'item')}.{' '}
                  {give.length === 0 ? 'No item of either is left to give the other.' : 'Give:'}
                </p>
                <ul>
                  {give.map(({ rater, item }) => (
                    <li key={`${rater} ${item}`}>
                      to {name(rater)}: {items[item]?.label ?? ''}{' '}
                      <span className="faint">{items[item]?.systemVersion}</span>
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  )
}

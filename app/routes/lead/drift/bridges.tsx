import { Link } from '@remix-run/react'
import { Section } from '#app/ui/page.tsx'
import { CsvLink } from './csv-link.tsx'
import { Transitions } from './transitions.tsx'
import type { BridgeView } from './view/bridge.server.ts'

/** The same answers under two versions of the rubric: what the newer one does to their scores. */
export function Bridges({ views, dimension }: { views: readonly BridgeView[]; dimension: string }) {
  if (views.length === 0) return null
  return (
    <Section
      id="bridge"
      title="The rubric’s versions on the same answers"
      aside={<CsvLink table="bridge" dimension={dimension} />}
      lead="Answers rated under both versions by the same raters, who do not know it: each is compared with himself or herself."
    >
      {views.map((view) => (
        <Bridge key={view.to} view={view} />
      ))}
    </Section>
  )
}

function Bridge({ view: { from, to, why, found, link } }: { view: BridgeView }) {
  if (!found)
    return (
      <p>
        From version {from} to version {to}: no bridge, because {why}. The trend is drawn broken between them.
      </p>
    )
  return (
    <div className="beside">
      <div>
        <h3>
          From version {from} to version {to}
        </h3>
        <dl className="facts">
          <dt>Paired shift</dt>
          <dd>
            <strong>{found.shift}</strong> points ({found.interval})
          </dd>
          <dt>For any raters</dt>
          <dd>{found.anyRaters}</dd>
          <dt>Rests on</dt>
          <dd>{link ? <Link to={link}>{found.restsOn}</Link> : found.restsOn}</dd>
          <dt>Use of levels</dt>
          <dd>{found.levelsAlike}</dd>
        </dl>
        <p>{found.equivalence}</p>
        {found.cautions.map((caution) => (
          <p key={caution} className="soft">
            {caution}
          </p>
        ))}
        <table className="equating">
          <caption className="soft">
            What a level of version {from} is worth under version {to}; {found.advised} is advised.
          </caption>
          <thead>
            <tr>
              <th scope="col">Level, version {from}</th>
              <th scope="col" className="number">
                Straight line
              </th>
              <th scope="col" className="number">
                Equipercentile, smoothed
              </th>
            </tr>
          </thead>
          <tbody>
            {found.equated.map(({ level, linear, curve }) => (
              <tr key={level}>
                <th scope="row">{level}</th>
                <td className="number">{linear}</td>
                <td className="number">{curve}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {found.transitions ? (
        <Transitions view={found.transitions} before={`version ${from}`} after={`version ${to}`} />
      ) : null}
    </div>
  )
}

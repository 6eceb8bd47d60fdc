import { LevelsBar } from '#app/charts/levels-bar.tsx'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import type { ToldRoundView } from './round-view.server.ts'

/** What the newest round says of one's own scoring, in words first. */
export function ToldRound({ round }: { round: ToldRoundView }) {
  return (
    <>
      <div className="section">
        <p className="row soft">
          {round.name}
          {round.simulated ? <span className="chip">Simulated ratings</span> : null}
        </p>
        <p className="finding">
          <strong>{round.severity}</strong>
        </p>
        <p className="finding">
          {[round.consensus, round.dimensionsSaid, round.erratic].filter((one) => one !== null).join(' ')}
        </p>
        <p className="soft">
          {round.means} {round.rests}
        </p>
      </div>
      <Section
        id="levels"
        title="How you use the levels"
        lead="Your share of each level, the lowest at the left, beside that of the others on the same items. The others’ shares are rounded to 5 %."
      >
        <Scroll label="Levels you gave, and those the others gave">
          <table className="multiples own">
            <thead>
              <tr>
                <th scope="col">Dimension</th>
                <th scope="col">You</th>
                <th scope="col">The others</th>
              </tr>
            </thead>
            <tbody>
              {round.dimensions.map(({ name, levels, own, others }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{own ? <LevelsBar levels={levels} counts={own} /> : 'none'}</td>
                  <td>{others ? <LevelsBar levels={levels} counts={others} /> : 'none'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
        <details>
          <summary>The levels as a table</summary>
          <Scroll label="Shares of levels">
            <table>
              <thead>
                <tr>
                  <th scope="col">Dimension</th>
                  <th scope="col" className="number">
                    Level
                  </th>
                  <th scope="col" className="number">
                    You
                  </th>
                  <th scope="col" className="number">
                    The others
                  </th>
                </tr>
              </thead>
              <tbody>
                {round.dimensions.flatMap(({ name, said }) =>
                  said.map(({ level, own, others }) => (
                    <tr key={`${name} ${level}`}>
                      <th scope="row">{name}</th>
                      <td className="number">{level}</td>
                      <td className="number">{own}</td>
                      <td className="number">{others}</td>
                    </tr>
                  )),
                )}
              </tbody>
            </table>
          </Scroll>
        </details>
      </Section>
    </>
  )
}

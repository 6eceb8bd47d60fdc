import type { Forest } from '#app/charts/forest.server.ts'
import { ForestPlot } from '#app/charts/forest.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { When } from '#app/ui/when.tsx'
import type { RoundView } from './round-view.server.ts'

const tenth = (value: number): string => value.toFixed(1).replace('-', '−')

/** One line a closed round, the newest first. */
export function OverTime({ rounds, plot }: { rounds: RoundView[]; plot: Forest | null }) {
  const told = rounds.flatMap((round) => (round.standing === 'told' ? [round] : []))
  return (
    <>
      {plot ? (
        <ForestPlot
          forest={plot}
          title="Points from the average rater, round by round, with 95 % intervals"
          description="The same figures are in the table beneath."
          rows={told.map(({ id, name, points }) => ({
            id,
            name,
            figure: points ? tenth(points.value) : '–',
            detail: points ? `${tenth(points.low)} to ${tenth(points.high)}` : '',
          }))}
        />
      ) : null}
      <Scroll label="My calibration round by round">
        <table>
          <thead>
            <tr>
              <th scope="col">Round</th>
              <th scope="col">Last rating</th>
              <th scope="col" className="number">
                Points from the average
              </th>
              <th scope="col" className="number">
                Interval
              </th>
              <th scope="col">Agrees with the others</th>
            </tr>
          </thead>
          <tbody>
            {rounds.map((round) => (
              <tr key={round.id}>
                <th scope="row">
                  {round.name}
                  {round.simulated ? <small> simulated</small> : null}
                </th>
                <td>
                  <When at={round.lastAt} />
                </td>
                {round.standing === 'told' ? (
                  <>
                    <td className="number">{round.points ? tenth(round.points.value) : '–'}</td>
                    <td className="number">
                      {round.points ? `${tenth(round.points.low)} to ${tenth(round.points.high)}` : '–'}
                    </td>
                    <td>{round.agrees}</td>
                  </>
                ) : (
                  <td colSpan={3} className="faint">
                    {round.why}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  )
}

import type { Forest } from '#app/charts/forest.server.ts'
import { rowPlotOf } from '#app/charts/row-plot.server.ts'
import type { RoundView } from './round-view.server.ts'

/** Points from the average rater, a row a round; null where there are not two rounds to compare. */
export function overTimePlot(rounds: readonly RoundView[]): Forest | null {
  const told = rounds.flatMap((round) => (round.standing === 'told' ? [round] : []))
  const known = told.flatMap(({ points }) => points ?? [])
  if (known.length < 2) return null
  const reach = Math.max(0.2, ...known.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]))
  return rowPlotOf(
    told.map(({ id, points }) => ({
      name: id,
      estimate: points?.value ?? null,
      low: points?.low ?? null,
      high: points?.high ?? null,
    })),
    {
      shown: [-reach, reach],
      zero: 0,
      bands: [
        { from: -reach * 2, label: 'you score lower', tone: null },
        { from: 0, label: 'you score higher', tone: null },
      ],
    },
  )
}

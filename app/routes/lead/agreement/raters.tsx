import { Link } from '@remix-run/react'
import type { RaterShare } from '#app/evaluation/agreement/breakdown.ts'
import type { ShownRater } from '#app/evaluation/agreement/names.ts'
import { hundredths, percent, plural, within } from '#app/evaluation/figure.ts'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { useAddress } from './filters.tsx'

export type RatersView = {
  dimension: { key: string; name: string }
  raters: RaterShare[]
  names: Record<string, ShownRater>
}

const SHOWN = 12

/** Each rater against the rest, those with the largest share of the disagreement first. */
export function Raters({ view, mayList }: { view: RatersView; mayList: boolean }) {
  const { dimension, raters } = view
  const rest = raters.slice(SHOWN)
  return (
    <Section
      id="raters"
      title={`Each rater against the rest on ${within(dimension.name)}`}
      lead="Over the items that the rater shares with others. The difference is the rater’s level minus the mean of the others’: below 0 is severe. An interval without 0 in it is more than chance."
    >
      <RaterTable view={view} raters={raters.slice(0, SHOWN)} mayList={mayList} />
      {rest.length > 0 ? (
        <details className="all-raters">
          <summary>{plural(rest.length, 'more rater')}</summary>
          <RaterTable view={view} raters={rest} mayList={mayList} />
        </details>
      ) : null}
    </Section>
  )
}

function RaterTable({ view, raters, mayList }: { view: RatersView; raters: RaterShare[]; mayList: boolean }) {
  const address = useAddress()
  return (
    <Scroll label="Each rater against the rest">
      <table className="against-rest">
        <thead>
          <tr>
            <th scope="col">Rater</th>
            <th scope="col" className="number">
              Shared items
            </th>
            <th scope="col" className="number">
              Exact
            </th>
            <th scope="col" className="number">
              Adjacent
            </th>
            <th scope="col" className="number">
              Difference
            </th>
            <th scope="col" className="number">
              95 % interval
            </th>
            <th scope="col" className="number">
              Of the scores
            </th>
            <th scope="col" className="number">
              Of the disagreement
            </th>
            <th scope="col" className="number">
              Alpha without
            </th>
          </tr>
        </thead>
        <tbody>
          {raters.map((one) => (
            <tr key={one.rater}>
              <th scope="row">
                {mayList ? (
                  <Link to={address('ratings', { rater: one.rater, dimension: view.dimension.key })}>
                    {view.names[one.rater]?.name}
                  </Link>
                ) : (
                  view.names[one.rater]?.name
                )}
              </th>
              <td className="number">{one.items}</td>
              <td className="number">{one.exact === null ? '–' : percent(one.exact)}</td>
              <td className="number">{one.adjacent === null ? '–' : percent(one.adjacent)}</td>
              <td className="number">{one.meanDifference === null ? '–' : hundredths(one.meanDifference)}</td>
              <td className="number">
                {one.differenceWithin
                  ? `${hundredths(one.differenceWithin[0])} to ${hundredths(one.differenceWithin[1])}`
                  : '–'}
              </td>
              <td className="number">{percent(one.ratingsShare)}</td>
              <td className="number">{percent(one.share)}</td>
              <td className="number">{one.alphaWithout === null ? '–' : hundredths(one.alphaWithout)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

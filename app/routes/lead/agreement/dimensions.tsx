import { Link } from '@remix-run/react'
import type { Forest } from '#app/charts/forest.server.ts'
import { ForestPlot } from '#app/charts/forest.tsx'
import { LevelsBar } from '#app/charts/levels-bar.tsx'
import { plural, whole } from '#app/evaluation/figure.ts'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { useAddress } from './filters.tsx'
import type { DimensionRow, Spelled } from './view.server.ts'

const BAND = {
  reliable: ['good', 'Reliable'],
  tentative: ['warn', 'Tentative'],
  'not reliable': ['bad', 'Not reliable'],
  undecided: ['none', 'Undecided'],
} as const

/** Alpha per dimension: the forest plot, and the table with everything beside it. */
export function Dimensions({
  rows,
  forest,
  description,
  gap,
  chosen,
  mayList,
}: {
  rows: DimensionRow[]
  forest: Forest
  description: string
  gap: string | null
  /** The key of the dimension that is looked into beneath. */
  chosen: string | null
  mayList: boolean
}) {
  const address = useAddress()
  return (
    <Section
      id="by-dimension"
      title="Alpha by dimension"
      aside={<a href={address('agreement.csv', { dimension: null })}>CSV</a>}
      lead="Krippendorff’s alpha for ordered levels, with 95 % intervals. The lower end of the interval decides the reading."
    >
      <ForestPlot
        forest={forest}
        title="Krippendorff’s alpha per dimension with 95 % intervals"
        description={description}
        rows={rows.map(({ name, alpha }) => ({ name, figure: alpha.figure, detail: alpha.interval }))}
      />
      <Scroll label="Agreement by dimension, as a table">
        <table className="by-dimension">
          <thead>
            <tr>
              <th scope="col">Dimension</th>
              <th scope="col">Reading</th>
              <th scope="col" className="number">
                Alpha
              </th>
              <th scope="col" className="number">
                AC2
              </th>
              <th scope="col" className="number">
                Exact
              </th>
              <th scope="col" className="number">
                Adjacent
              </th>
              <th scope="col">Levels used</th>
              <th scope="col" className="number">
                Cannot judge
              </th>
              <th scope="col" className="number">
                Rests on
              </th>
              <th scope="col" className="number">
                Items to reach
                <br />
                the next band
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.key} row={row} chosen={row.key === chosen} mayList={mayList} />
            ))}
          </tbody>
        </table>
      </Scroll>
      {gap ? <p className="soft">{gap}</p> : null}
    </Section>
  )
}

function Row({ row, chosen, mayList }: { row: DimensionRow; chosen: boolean; mayList: boolean }) {
  const address = useAddress()
  const [tone, word] = BAND[row.band]
  return (
    <tr>
      <th scope="row">
        <Link to={`${address('', { dimension: row.key })}#where`} aria-current={chosen ? 'true' : undefined}>
          {row.name}
        </Link>
      </th>
      <td>
        <span className="state" data-tone={tone} title={row.reading}>
          {word}
        </span>
      </td>
      <Figure spelled={row.alpha} />
      <Figure spelled={row.ac2} />
      <Figure spelled={row.exact} />
      <Figure spelled={row.adjacent} />
      <td>
        <LevelsBar levels={row.levels} counts={row.perLevel} />
        <small>
          {row.levels[0]} to {row.levels[row.levels.length - 1]}
        </small>
      </td>
      <td className="number">{row.cannotJudge}</td>
      <td className="number">
        {plural(row.items, 'item')}
        <small>
          {mayList ? (
            <Link to={address('ratings', { dimension: row.key })}>{plural(row.ratings, 'rating')}</Link>
          ) : (
            plural(row.ratings, 'rating')
          )}
          , {plural(row.raters, 'rater')}
        </small>
      </td>
      <td className={row.next === 'highest band' ? 'number faint' : 'number'}>{row.next}</td>
    </tr>
  )
}

/** A figure with its interval beneath, and beneath that where it is rough; or why it has none. */
function Figure({ spelled }: { spelled: Spelled }) {
  return (
    <td className={spelled.figure === 'not estimable' ? 'number faint' : 'number'} title={spelled.why ?? undefined}>
      {spelled.figure}
      {spelled.interval.split(', ').map((part) => (part ? <small key={part}>{part}</small> : null))}
    </td>
  )
}

/** What all figures on the page rest on, in one line. */
export const restingOn = ({ items, raters, ratings }: { items: number; raters: number; ratings: number }): string =>
  [
    plural(items, 'item'),
    plural(raters, 'rater'),
    plural(ratings, 'rating'),
    items > 0 ? `overlap ${whole(Math.round((ratings / items) * 10) / 10)}` : '',
  ]
    .filter(Boolean)
    .join(' · ')

import { Link } from '@remix-run/react'
import { LevelsBar } from '#app/charts/levels-bar.tsx'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { useAddress } from '../agreement/filters.tsx'
import type { LevelsRow } from './view.server.ts'

export type Scale = { key: string; name: string; levels: number[] }

/** Score distributions as small multiples: a bar for each rater and dimension, the same scale everywhere. */
export function Levels({ rows, dimensions }: { rows: LevelsRow[]; dimensions: Scale[] }) {
  const address = useAddress()
  const most = dimensions.reduce((longest, { levels }) => Math.max(longest, levels.length), 2)
  return (
    <Section
      id="levels"
      title="How each rater uses the levels"
      aside={<a href={address('calibration.csv', { table: 'levels' })}>CSV</a>}
      lead="Share of each level, the lowest at the left, with the mean score beneath. Raters have different items, so compare shapes before means."
    >
      <Scroll label="Score distributions by rater and dimension">
        <table className="multiples">
          <thead>
            <tr>
              <th scope="col">Rater</th>
              {dimensions.map(({ key, name }) => (
                <th key={key} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id} className={row.id === '' ? 'pool' : undefined}>
                <th scope="row">{row.name}</th>
                {row.dimensions.map(({ counts, mean }, d) => {
                  const { key = '', levels = [] } = dimensions[d] ?? {}
                  return (
                    <td key={key}>
                      <LevelsBar levels={levels} counts={counts} />
                      {row.id === '' || mean === '' ? (
                        <small>{mean}</small>
                      ) : (
                        <Link
                          to={address('../agreement/ratings', { rater: row.id, dimension: key, back: 'calibration' })}
                        >
                          <small>{mean}</small>
                        </Link>
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <ul className="key" aria-label="Key" data-levels={most}>
        {Array.from({ length: most }, (_, k) => k + 1).map((k) => (
          <li key={k}>
            <i data-level={k} />
            {k === 1 ? 'lowest level' : k === most ? 'highest level' : ''}
          </li>
        ))}
      </ul>
    </Section>
  )
}

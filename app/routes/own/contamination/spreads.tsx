import { LevelsBar } from '#app/charts/levels-bar.tsx'
import type { RiskSpread } from '#app/evaluation/contamination/spread.ts'
import { Scroll } from '#app/ui/scroll.tsx'
import { capital, n, risk } from './words.ts'

/** The lower edge of each bin. */
const tens = (bins: readonly number[]): number[] => bins.map((_, i) => i * (100 / bins.length))

/** The spread of risk in each pool and segment. */
export function Spreads({ spreads }: { spreads: RiskSpread[] }) {
  return (
    <Scroll label="Risk by pool and segment">
      <table className="spreads">
        <thead>
          <tr>
            <th scope="col">Segment</th>
            <th scope="col">Pool</th>
            <th scope="col" className="number">
              Cases
            </th>
            <th scope="col" className="number">
              Mean risk
            </th>
            <th scope="col" className="number">
              50 or more
            </th>
            <th scope="col">From low to high</th>
          </tr>
        </thead>
        <tbody>
          {spreads.map(({ pool, category, userSegment, cases, mean, high, bins }) => (
            <tr key={`${pool} ${category} ${userSegment}`} className={category === null ? 'pool' : undefined}>
              <th scope="row">
                {category === null ? 'All' : capital(category)}
                {userSegment === null ? null : <span className="soft"> · {userSegment}</span>}
              </th>
              <td>{capital(pool)}</td>
              <td className="number">{n(cases)}</td>
              <td className="number">{risk(mean)}</td>
              <td className="number">{high === 0 ? <span className="faint">0</span> : n(high)}</td>
              <td>
                <LevelsBar levels={tens(bins)} counts={bins} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

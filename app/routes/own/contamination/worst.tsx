import { Link, useParams } from '@remix-run/react'
import type { CaseRisk } from '#app/evaluation/contamination/amounts.ts'
import type { RiskPart } from '#app/evaluation/contamination/risk.ts'
import { Scroll } from '#app/ui/scroll.tsx'
import { amountOf, capital, PART_LABELS, risk } from './words.ts'

const PARTS = Object.keys(PART_LABELS) as RiskPart[]

/** Cases with their risk and what it is made of. */
export function Worst({ cases }: { cases: CaseRisk[] }) {
  const { project } = useParams()
  return (
    <Scroll label="Cases by risk">
      <table>
        <thead>
          <tr>
            <th scope="col">Case</th>
            <th scope="col" className="number">
              Risk
            </th>
            {PARTS.map((part) => (
              <th scope="col" className="number" key={part}>
                {PART_LABELS[part]}
              </th>
            ))}
            <th scope="col">Pool</th>
            <th scope="col">Segment</th>
          </tr>
        </thead>
        <tbody>
          {cases.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <Link to={`/p/${project}/cases/${one.id}`}>{one.key}</Link>
              </th>
              <td className="number">
                <strong>{risk(one.risk)}</strong>
              </td>
              {PARTS.map((part) => (
                <td className="number" key={part}>
                  {one.amounts[part] === 0 ? <span className="faint">0</span> : amountOf(part, one)}
                </td>
              ))}
              <td>{capital(one.pool)}</td>
              <td>
                {capital(one.category)} <span className="soft">· {one.userSegment}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

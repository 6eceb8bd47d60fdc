import { Link } from '@remix-run/react'
import type { ListedCase } from '#app/evaluation/cases/list.ts'
import { Scroll } from '#app/ui/scroll.tsx'
import { When } from '#app/ui/when.tsx'
import { ReferenceState } from '../reference-state.tsx'

export function CaseTable({ cases }: { cases: ListedCase[] }) {
  return (
    <Scroll label="Cases">
      <table className="cases">
        <thead>
          <tr>
            <th scope="col">Case</th>
            <th scope="col">Key</th>
            <th scope="col">Category</th>
            <th scope="col">User segment</th>
            <th scope="col">Pool</th>
            <th scope="col">References</th>
            <th scope="col" className="number">
              Responses
            </th>
            <th scope="col" className="number">
              Added
            </th>
          </tr>
        </thead>
        <tbody>
          {cases.map((one) => (
            <tr key={one.id}>
              <th scope="row" className="case">
                <Link to={one.id} prefetch="intent">
                  {one.sealed ? <span className="faint">Sealed</span> : one.beginning}
                </Link>
              </th>
              <td className="case-key code">{one.key}</td>
              <td>{one.category}</td>
              <td>{one.userSegment}</td>
              <td>{one.pool}</td>
              <td>
                <ReferenceState qualities={one.references} validated={one.validated} />
              </td>
              <td className="number">{one.responses === 0 ? <span className="faint">none</span> : one.responses}</td>
              <td className="number">
                <When at={one.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

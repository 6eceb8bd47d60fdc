import { Link } from '@remix-run/react'
import type { ListedExposure } from '#app/evaluation/seal/exposures.ts'
import { Scroll } from '#app/ui/scroll.tsx'
import { When } from '#app/ui/when.tsx'
import { PURPOSES } from './query.ts'

/** `linked`: cases lead to their pages; `ofOne`: they are of one case, which is not named in each row. */
export function ExposureTable({
  exposures,
  linked = false,
  ofOne = false,
}: {
  exposures: ListedExposure[]
  linked?: boolean
  ofOne?: boolean
}) {
  return (
    <Scroll label="Table of openings">
      <table className="exposures">
        <thead>
          <tr>
            <th scope="col">When</th>
            {ofOne ? null : <th scope="col">Case</th>}
            <th scope="col">Who</th>
            <th scope="col">For</th>
            <th scope="col">Through</th>
          </tr>
        </thead>
        <tbody>
          {exposures.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                <When at={one.openedAt} time />
              </th>
              {ofOne ? null : (
                <td className="code">
                  {linked ? <Link to={`../cases/${one.case.id}`}>{one.case.key}</Link> : one.case.key}
                </td>
              )}
              <td>{one.person}</td>
              <td>{PURPOSES[one.exposedFor]}</td>
              <td>
                <Through exposure={one} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

/** Which assignment, task or request it was opened through; its id on its end, as the files have it whole. */
function Through({ exposure: { round, assignmentId, taskId, breakGlassId } }: { exposure: ListedExposure }) {
  const id = assignmentId ?? taskId ?? breakGlassId
  const what = assignmentId ? `an assignment of ${round ?? 'a round'}` : taskId ? 'a reference task' : 'a broken seal'
  return (
    <span title={id ?? undefined}>
      {what} <span className="faint code">…{id?.slice(-6)}</span>
    </span>
  )
}

import { Link } from '@remix-run/react'
import type { ListedTrace } from '#app/evaluation/traces/list.ts'
import { Scroll } from '#app/ui/scroll.tsx'
import { When } from '#app/ui/when.tsx'
import { TraceState } from './trace-state.tsx'

/** A page of traces; with boxes to tick inside a form that does something to those ticked. */
export function TraceTable({ traces, ticks }: { traces: ListedTrace[]; ticks: boolean }) {
  return (
    <Scroll label="Traces">
      <table className="cases traces">
        <thead>
          <tr>
            {ticks ? (
              <th scope="col">
                <input
                  type="checkbox"
                  aria-label="Tick all on this page"
                  onChange={({ currentTarget }) => {
                    const boxes = currentTarget.form?.querySelectorAll<HTMLInputElement>('input[name="id"]') ?? []
                    for (const box of boxes) box.checked = currentTarget.checked
                  }}
                />
              </th>
            ) : null}
            <th scope="col">Trace</th>
            <th scope="col">Key</th>
            <th scope="col">Category</th>
            <th scope="col">User segment</th>
            <th scope="col">System</th>
            <th scope="col">State</th>
            <th scope="col" className="number">
              Occurred
            </th>
          </tr>
        </thead>
        <tbody>
          {traces.map((one) => (
            <tr key={one.id}>
              {ticks ? (
                <td>
                  <input type="checkbox" name="id" value={one.id} aria-label={`Tick ${one.key}`} />
                </td>
              ) : null}
              <th scope="row" className="case">
                <Link to={one.id} prefetch="intent">
                  {one.sealed ? <span className="chip">Sealed</span> : one.beginning}
                </Link>
              </th>
              <td className="case-key code">{one.key}</td>
              <td>{one.category ?? <Unassigned />}</td>
              <td>{one.userSegment ?? <Unassigned />}</td>
              <td>{one.system ?? <span className="faint">unknown</span>}</td>
              <td>
                <TraceState state={one.state} duplicate={one.duplicate} answered={one.answered} />
              </td>
              <td className="number">
                {one.occurredAt === null ? <span className="faint">unknown</span> : <When at={one.occurredAt} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

const Unassigned = () => (
  <span className="state" data-tone="warn">
    Unassigned
  </span>
)

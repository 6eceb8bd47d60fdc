import { Form, Link } from '@remix-run/react'
import type { Merged } from '#app/evaluation/traces/duplicates/merge.ts'
import { Scroll } from '#app/ui/scroll.tsx'
import { Submit } from '#app/ui/submit.tsx'

/** The traces that others were merged into, and the way back. */
export function MergedList({ merged, mayWrite }: { merged: Merged[]; mayWrite: boolean }) {
  return (
    <Scroll label="Traces that others were merged into">
      <table className="cases">
        <thead>
          <tr>
            <th scope="col">Kept</th>
            <th scope="col">Key</th>
            <th scope="col" className="number">
              Merged into it
            </th>
            {mayWrite ? (
              <th scope="col">
                <span className="unseen">Take apart</span>
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {merged.map(({ id, key, beginning, duplicates }) => (
            <tr key={id}>
              <th scope="row" className="case">
                <Link to={`../traces/${id}`}>{beginning || `Sealed: ${key}`}</Link>
              </th>
              <td className="case-key code">{key}</td>
              <td className="number">{duplicates.toLocaleString('en')}</td>
              {mayWrite ? (
                <td>
                  <Form method="post">
                    <input type="hidden" name="keep" value={id} />
                    <Submit kind="quiet" name="intent" value="unmerge">
                      Take apart
                    </Submit>
                  </Form>
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

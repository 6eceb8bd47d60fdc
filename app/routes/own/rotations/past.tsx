import { Link } from '@remix-run/react'
import type { ListedRotation } from '#app/evaluation/rotation/list.ts'
import { Scroll } from '#app/ui/scroll.tsx'
import { When } from '#app/ui/when.tsx'
import { n } from './words.ts'

export function Past({ rotations }: { rotations: ListedRotation[] }) {
  return (
    <Scroll label="Rotations that were done">
      <table>
        <thead>
          <tr>
            <th scope="col">Rotation</th>
            <th scope="col" className="number">
              Graduated
            </th>
            <th scope="col" className="number">
              Retired
            </th>
            <th scope="col" className="number">
              Entered
            </th>
            <th scope="col">By</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {rotations.map(({ id, doneAt, doneBy, undoneAt, counts }) => (
            <tr key={id}>
              <th scope="row">
                <Link to={id}>
                  <When at={doneAt} time />
                </Link>
              </th>
              <td className="number">{n(counts.graduated)}</td>
              <td className="number">{n(counts.retired)}</td>
              <td className="number">{n(counts.entered)}</td>
              <td>{doneBy || 'Command line'}</td>
              <td>
                {undoneAt === null ? (
                  <span className="state" data-tone="good">
                    Done
                  </span>
                ) : (
                  <span className="state" data-tone="none">
                    Undone
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

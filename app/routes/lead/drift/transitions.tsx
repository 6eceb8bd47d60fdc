import type { TransitionsView } from './view/transitions.server.ts'

/** Levels before by levels after: the share of each row, the count beneath. */
export function Transitions({ view, before, after }: { view: TransitionsView; before: string; after: string }) {
  return (
    <table className="heat transitions">
      <caption className="soft">
        Rows: {before}, with how many had the level. Columns: {after}. {view.kept} kept theirs.
      </caption>
      <thead>
        <tr>
          <td />
          {view.levels.map((level) => (
            <th key={level} scope="col">
              {level}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {view.rows.map((row) => (
          <tr key={row.level}>
            <th scope="row">
              {row.level} <small>{row.count}</small>
            </th>
            {row.cells.map((cell) => (
              <td key={cell.level} data-level={cell.band ?? undefined} className={cell.same ? 'same' : undefined}>
                {cell.share || '–'}
                <small>{cell.count}</small>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

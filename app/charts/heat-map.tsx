import type { ReactNode } from 'react'
import type { Heat } from './heat.server.ts'

/** A symmetric matrix as a table whose cells carry a level. The number is in each cell, with what it rests on beneath. */
export function HeatMap({
  heat,
  rowName,
  columnName,
  spell,
  cellLink,
}: {
  heat: Heat
  rowName: (id: string) => ReactNode
  columnName: (id: string) => ReactNode
  spell: (value: number) => string
  /** Wraps what stands in a cell, for instance in a link to what it rests on. */
  cellLink?: (row: string, column: string, content: ReactNode) => ReactNode
}) {
  return (
    <table className="heat">
      <thead>
        <tr>
          <td />
          {heat.columns.map((id) => (
            <th key={id} scope="col">
              {columnName(id)}
            </th>
          ))}
        </tr>
      </thead>
      {heat.blocks.map((rows) => (
        <tbody key={rows[0]?.row}>
          {rows.map(({ row, cells }) => (
            <tr key={row}>
              <th scope="row">{rowName(row)}</th>
              {cells.map((cell, column) =>
                cell === null ? (
                  <td key={heat.columns[column]} className="gap" aria-label="no item in common" />
                ) : (
                  <td key={heat.columns[column]} data-level={cell.level ?? undefined}>
                    {cellLink
                      ? cellLink(row, heat.columns[column] ?? '', cell.value === null ? '–' : spell(cell.value))
                      : cell.value === null
                        ? '–'
                        : spell(cell.value)}
                    <small>{cell.n}</small>
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  )
}

import type { Cells } from '../csv.ts'
import { spelledOut } from './langfuse.ts'
import { opened } from './loose-json.ts'
import { formatOf, type TraceFormat } from './told-apart.ts'

/** The format of a CSV file by its header; our own where it has no sign of another. */
export function formatOfColumns(columns: readonly string[]): TraceFormat {
  const header = spelledOut(Object.fromEntries(columns.map((column) => [column, ''])))
  return formatOf(header) ?? 'assay'
}

/** A line of an export as a record; cells that hold JSON are read, empty ones left out. */
export const csvRecord = (cells: Cells): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(spelledOut(cells)).flatMap(([name, cell]) => (cell === '' ? [] : [[name, opened(cell)]])),
  )

/** Lines of CSV to records, by the columns of the record's kind. */
import type { Cells } from './csv.ts'
import type { RecordKind } from './record-kind.ts'
import { firstUnstorable } from './storable.ts'

const METADATA = 'metadata.'

const isMetadata = (column: string) => column.startsWith(METADATA) && column.length > METADATA.length

/** What is wrong with a header: columns that the kind does not know, or does not have and needs; null where nothing is. */
export function columnsWrong<T>(
  kind: RecordKind<T>,
  required: readonly string[],
  columns: readonly string[],
): string | null {
  const known = Object.keys(kind.columns)
  const unknown = columns.filter((column) => !known.includes(column) && !(kind.metadataColumns && isMetadata(column)))
  const missing = required.filter((column) => !columns.includes(column))
  const complaints = [
    ...(missing.length > 0 ? [`The header lacks ${list(missing)}.`] : []),
    ...(unknown.length > 0
      ? [
          `The header has ${list(unknown)}, which nothing is known of.`,
          kind.metadataColumns
            ? 'Remove it, or rename it to metadata.NAME to keep it with the record.'
            : 'Remove it or rename it.',
        ]
      : []),
  ]
  return complaints.length === 0 ? null : `${complaints.join(' ')} Known columns: ${known.join(', ')}.`
}

const list = (columns: readonly string[]) =>
  `${columns.length === 1 ? 'the column' : 'the columns'} ${columns.map((column) => `“${column}”`).join(', ')}`

/** A line's cells as a record yet to be checked; an empty cell is a field left out. Or what is wrong with a cell. */
export function recordFromCells<T>(
  kind: RecordKind<T>,
  cells: Cells,
): { record: unknown } | { field: string; reason: string } {
  const fields: Record<string, unknown> = {}
  const extra: Record<string, string> = {}
  for (const [column, cell] of Object.entries(cells)) {
    if (cell === '') continue
    const type = kind.columns[column]
    if (type === undefined) extra[column.slice(METADATA.length)] = cell
    else if (type === 'json') {
      const read = readJsonCell(column, cell)
      if ('reason' in read) return read
      fields[column] = read.value
    } else fields[column] = type === 'number' ? numberIn(cell) : cell
  }
  if (Object.keys(extra).length > 0) fields.metadata = { ...asObject(fields.metadata), ...extra }
  return { record: kind.fromCells ? kind.fromCells(fields) : fields }
}

const numberIn = (cell: string): unknown => (/^\s*-?\d+(\.\d+)?\s*$/.test(cell) ? Number(cell) : cell)

const asObject = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {})

function readJsonCell(field: string, cell: string): { value: unknown } | { field: string; reason: string } {
  let value: unknown
  try {
    value = JSON.parse(cell)
  } catch {
    return { field, reason: `must be JSON, but is “${cell.length > 40 ? `${cell.slice(0, 40)}…` : cell}”` }
  }
  return firstUnstorable(value, field) ?? { value }
}

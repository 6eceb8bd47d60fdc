import type { z } from 'zod'

type CellType = 'text' | 'number' | 'json'

/** A kind of record: its schema, and how a line of CSV becomes one. */
export type RecordKind<T> = {
  schema: z.ZodType<T>
  /** The names a record may have, for messages. */
  fields: readonly string[]
  /** The columns of a CSV file, by name; their order is that of the documentation. */
  columns: Readonly<Record<string, CellType>>
  /** True where columns called `metadata.NAME` are gathered into `metadata`. */
  metadataColumns: boolean
  /** What is left to do to turn the typed cells of a line into a record. */
  fromCells?: (cells: Record<string, unknown>) => unknown
}

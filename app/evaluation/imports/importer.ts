import type { Permission, Scope } from '#app/auth/permissions.ts'
import type { RecordKind } from '#app/formats/record-kind.ts'
import type { Batch, Numbered } from '#app/formats/unreadable.ts'
import type { Database } from '#db/store.server.ts'
import type { ImportOptions } from './options.ts'
import type { Faults } from './refused.ts'

/** What one import knows and counts while it runs. */
export type Import = {
  tx: Database
  scope: Scope
  options: ImportOptions
  fileName: string
  /** The moment of the import: everything it makes was made then. */
  at: number
  faults: Faults
  added: number
  unchanged: number
  /** Records that became nothing of their own, and why: counted by those who read the file. */
  passed: Record<string, number>
  /** What else was made or left out, in sentences. */
  notes: string[]
}

/** A batch with what was passed over while it was read. */
export type ReadBatch<T> = Batch<T> & { passed?: Readonly<Record<string, number>> }

/** How the records of one kind are stored, within the one transaction of their file. */
export type Importer<T> = {
  permission: Permission
  kind: RecordKind<T>
  /** Columns that a CSV file needs under these options. */
  required: (options: ImportOptions) => string[]
  /** Reads a file in formats beside our own, where there are any. */
  read?: (chunks: AsyncIterable<Uint8Array>, options: ImportOptions) => AsyncGenerator<ReadBatch<T>>
  begin: (run: Import) => Promise<{
    take: (batch: readonly Numbered<T>[]) => Promise<void>
    end: () => Promise<void>
  }>
}

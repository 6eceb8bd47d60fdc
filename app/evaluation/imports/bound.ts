/** Importers of every kind behind one face, whatever the type of their records. */
import { setImmediate } from 'node:timers/promises'
import type { Permission } from '#app/auth/permissions.ts'
import { checked, chunksOf, readRecords } from '#app/formats/read.ts'
import { type Batch, Unreadable } from '#app/formats/unreadable.ts'
import type { Import, Importer, ReadBatch } from './importer.ts'
import type { ImportOptions } from './options.ts'
import { Faults } from './refused.ts'

/** A file, or records from elsewhere: `batches` is called twice and must give the same both times. */
export type Input = { path: string } | { batches: () => AsyncIterable<Batch<unknown>> }

/** Told after each batch: the bytes of the file it was read from. */
export type Watch = (bytes: number) => void

export type Surveyed = { records: number; faults: Faults; readable: boolean }

export type BoundImporter = {
  permission: Permission
  /** Looks the whole input through without touching the database. `readable`: it could be read to its end. */
  survey: (input: Input, options: ImportOptions, watch: Watch) => Promise<Surveyed>
  /** Stores it, gathering what is wrong in the faults of the run; from the first fault on it stores no more. */
  store: (input: Input, run: Import, watch: Watch) => Promise<void>
}

export function bind<T>(importer: Importer<T>): BoundImporter {
  const { permission, kind, required } = importer

  async function* batchesOf(input: Input, options: ImportOptions): AsyncGenerator<ReadBatch<T>> {
    if ('path' in input && importer.read) yield* importer.read(chunksOf(input.path), options)
    else if ('path' in input) yield* readRecords(chunksOf(input.path), kind, required(options))
    else for await (const batch of input.batches()) yield checked(kind, batch)
  }

  return {
    permission,
    async survey(input, options, watch) {
      const faults = new Faults()
      let records = 0
      let readable = true
      try {
        for await (const batch of batchesOf(input, options)) {
          records += batch.records.length
          faults.add(...batch.errors)
          if (faults.full) break
          watch(batch.bytes)
          await setImmediate()
        }
        if (records === 0 && !faults.any) faults.add({ line: null, field: null, reason: 'There is no record in it.' })
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error
        readable = false
        faults.add({ line: error.line, field: null, reason: error.message })
      }
      return { records, faults, readable }
    },
    async store(input, run, watch) {
      const { take, end } = await importer.begin(run)
      for await (const batch of batchesOf(input, run.options)) {
        for (const [why, count] of Object.entries(batch.passed ?? {})) run.passed[why] = (run.passed[why] ?? 0) + count
        await take(batch.records)
        if (run.faults.full) return
        watch(batch.bytes)
        await setImmediate()
      }
      if (!run.faults.any) await end()
    },
  }
}

import { and, eq, inArray } from 'drizzle-orm'
import { newId } from '#app/ambient.ts'
import { referenceHash } from '#app/evaluation/cases/hash.ts'
import { queueCloseness } from '#app/evaluation/closeness/job.ts'
import { insertReferences } from '#app/evaluation/references/insert.ts'
import { type ReferenceRecord, referenceKind } from '#app/formats/reference.ts'
import type { FileError } from '#app/formats/unreadable.ts'
import { references } from '#db/schema/cases.ts'
import type { Importer } from './importer.ts'
import { casesByKey, noSuchCase } from './lookups.ts'
import { peopleNamed } from './people.ts'

const byItsAuthor = (line: number): FileError => ({
  line,
  field: 'validated_by',
  reason: 'is the author under another name: a second person has to check a reference.',
})

/** Stores references. A text that the case has, or had, in the same quality is left alone. */
export const referencesImporter: Importer<ReferenceRecord> = {
  permission: 'references.write',
  kind: referenceKind,
  required: () => ['case', 'quality', 'text'],
  begin: async (run) => ({
    async take(batch) {
      const caseIds = await casesByKey(
        run,
        batch.map(({ record }) => record.case),
      )
      const known = new Set<string>()
      const keyOf = (caseId: string, quality: string, hash: string) => `${caseId} ${quality} ${hash}`
      const stored = await run.tx
        .select({ caseId: references.caseId, quality: references.quality, contentHash: references.contentHash })
        .from(references)
        .where(and(eq(references.projectId, run.scope.project.id), inArray(references.caseId, [...caseIds.values()])))
      for (const one of stored) known.add(keyOf(one.caseId, one.quality, one.contentHash))
      const fresh = batch.flatMap(({ line, record }) => {
        const caseId = caseIds.get(record.case)
        if (caseId === undefined) {
          run.faults.add(noSuchCase(line, record.case))
          return []
        }
        const contentHash = referenceHash(record.text)
        const key = keyOf(caseId, record.quality, contentHash)
        if (known.has(key)) {
          run.unchanged++
          return []
        }
        known.add(key)
        return [{ line, caseId, record, contentHash }]
      })
      if (run.faults.any) return
      const authors = await peopleNamed(
        run,
        fresh.flatMap(({ record }) => [record.author ?? [], record.validated_by ?? []].flat()),
        { asRaters: false },
      )
      const idOf = (named: string | undefined) => (named === undefined ? null : (authors.get(named) ?? null))
      for (const { line, record } of fresh) {
        const [author, checker] = [authors.get(record.author ?? ''), authors.get(record.validated_by ?? '')]
        if (checker !== undefined && checker === author) run.faults.add(byItsAuthor(line))
      }
      if (run.faults.any) return
      const rows = fresh.map(({ caseId, record, contentHash }): typeof references.$inferInsert => ({
        id: newId(),
        projectId: run.scope.project.id,
        caseId,
        quality: record.quality,
        text: record.text,
        contentHash,
        authorId: idOf(record.author),
        createdAt: run.at,
        ...(record.validated ? { state: 'validated', checkedAt: run.at, checkedBy: idOf(record.validated_by) } : {}),
      }))
      await insertReferences(run.tx, rows)
      run.added += fresh.length
    },
    end: async () => {
      if (run.added > 0) await queueCloseness(run.tx, run.scope.project.id)
    },
  }),
}

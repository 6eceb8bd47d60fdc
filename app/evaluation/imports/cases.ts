import { and, eq, inArray } from 'drizzle-orm'
import { newId } from '#app/ambient.ts'
import { caseHash } from '#app/evaluation/cases/hash.ts'
import { caseSearchText } from '#app/evaluation/cases/search-text.ts'
import { moveCases } from '#app/evaluation/pools/move.ts'
import { type CaseRecord, caseKind } from '#app/formats/case.ts'
import type { Numbered } from '#app/formats/unreadable.ts'
import { caseDocuments, cases } from '#db/schema/cases.ts'
import { documentsOf, type HashedDocument, storeDocuments } from './documents.ts'
import type { Import, Importer } from './importer.ts'
import { insertRows } from './rows.ts'
import { openSegments } from './segments.ts'

type NewCase = {
  line: number
  record: CaseRecord
  category: string
  userSegment: string
  documents: HashedDocument[]
  contentHash: string
}

/** Stores cases. A key that is there with the same content is left alone; with other content it is refused. */
export const casesImporter: Importer<CaseRecord> = {
  permission: 'cases.write',
  kind: caseKind,
  required: ({ category, userSegment }) => [
    'key',
    'input',
    ...(category === undefined ? ['category'] : []),
    ...(userSegment === undefined ? ['user_segment'] : []),
  ],
  async begin(run) {
    const segments = await openSegments(run)
    return {
      async take(batch) {
        const made = batch.flatMap((one) => newCase(one, segments.segmentOf) ?? [])
        const fresh = await onlyNew(run, made)
        // Once the file is refused, the rest of it is only looked through for more to mend.
        if (!run.faults.any) await insertCases(run, fresh)
      },
      end: segments.end,
    }
  },
}

type SegmentOf = Awaited<ReturnType<typeof openSegments>>['segmentOf']

function newCase({ line, record }: Numbered<CaseRecord>, segmentOf: SegmentOf): NewCase | null {
  const segment = segmentOf({ line, category: record.category, userSegment: record.user_segment })
  if (segment === null) return null
  const documents = documentsOf(record)
  const contentHash = caseHash({
    input: record.input,
    ...segment,
    documentHashes: documents.map(({ hash }) => hash),
    metadata: record.metadata ?? {},
  })
  return { line, record, ...segment, documents, contentHash }
}

async function onlyNew(run: Import, made: readonly NewCase[]): Promise<NewCase[]> {
  const known = new Map<string, { contentHash: string; where: string }>()
  const keys = made.map(({ record }) => record.key)
  const stored = await run.tx
    .select({ key: cases.key, contentHash: cases.contentHash, createdAt: cases.createdAt })
    .from(cases)
    .where(and(eq(cases.projectId, run.scope.project.id), inArray(cases.key, keys)))
  for (const { key, contentHash, createdAt } of stored) {
    known.set(key, { contentHash, where: createdAt === run.at ? 'further up in this file' : 'in the project already' })
  }
  return made.filter(({ line, record: { key }, contentHash }) => {
    const found = known.get(key)
    if (found === undefined) {
      known.set(key, { contentHash, where: `on line ${line}` })
      return true
    }
    if (found.contentHash === contentHash) run.unchanged++
    else {
      run.faults.add({
        line,
        field: 'key',
        reason: `“${key}” is ${found.where}, with other content. The content of a case is final: give the changed case a new key.`,
      })
    }
    return false
  })
}

async function insertCases(run: Import, fresh: readonly NewCase[]): Promise<void> {
  if (fresh.length === 0) return
  const documentIds = await storeDocuments(
    run,
    fresh.flatMap(({ documents }) => documents),
  )
  const rows = fresh.map(({ record, category, userSegment, contentHash }) => ({
    id: newId(),
    projectId: run.scope.project.id,
    key: record.key,
    input: record.input,
    category,
    userSegment,
    metadata: record.metadata ?? {},
    contentHash,
    searchText: caseSearchText(record),
    createdAt: run.at,
  }))
  await insertRows(run.tx, cases, rows)
  await moveCases(
    run.tx,
    run.scope.project.id,
    rows.map(({ id }) => id),
    { to: 'active', at: run.at },
  )
  await insertRows(
    run.tx,
    caseDocuments,
    fresh.flatMap(({ documents }, i) =>
      documents.map(({ hash }, position) => ({
        caseId: rows[i]?.id ?? '',
        position,
        documentId: documentIds.get(hash) ?? '',
      })),
    ),
  )
  run.added += rows.length
}

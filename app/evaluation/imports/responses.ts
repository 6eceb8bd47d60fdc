import { and, eq, inArray } from 'drizzle-orm'
import { newId } from '#app/ambient.ts'
import { responseHash } from '#app/evaluation/cases/hash.ts'
import { queueCloseness } from '#app/evaluation/closeness/job.ts'
import { sealedAmong, sealTexts } from '#app/evaluation/seal/write.ts'
import { type ResponseRecord, responseKind } from '#app/formats/response.ts'
import type { Numbered } from '#app/formats/unreadable.ts'
import { responses } from '#db/schema/cases.ts'
import type { Import, Importer } from './importer.ts'
import { casesByKey, makeSystems, noSuchCase, noSystem, systemsByName } from './lookups.ts'
import { insertRows } from './rows.ts'

type NewResponse = { line: number; caseId: string; system: string; record: ResponseRecord; contentHash: string }

/** Stores responses; system versions are made as they appear. What a system version answered to a case is final. */
export const responsesImporter: Importer<ResponseRecord> = {
  permission: 'cases.write',
  kind: responseKind,
  required: ({ systemVersion }) => ['case', 'text', ...(systemVersion === undefined ? ['system_version'] : [])],
  async begin(run) {
    const systems = await systemsByName(run)
    return {
      async take(batch) {
        const made = await newResponses(run, batch)
        const fresh = await onlyNew(run, made, systems)
        if (run.faults.any) return
        const unknown = new Set(fresh.map(({ system }) => system).filter((name) => !systems.has(name)))
        for (const [name, id] of await makeSystems(run, [...unknown])) systems.set(name, id)
        await insertResponses(run, fresh, systems)
        run.added += fresh.length
      },
      end: async () => {
        if (run.added > 0) await queueCloseness(run.tx, run.scope.project.id)
      },
    }
  },
}

/** What is answered to a sealed case is sealed as it comes. */
async function insertResponses(
  run: Import,
  fresh: readonly NewResponse[],
  systems: ReadonlyMap<string, string>,
): Promise<void> {
  const sealed = await sealedAmong(
    run.tx,
    fresh.map(({ caseId }) => caseId),
  )
  const rows = fresh.map(({ caseId, system, record, contentHash }) => ({
    id: newId(),
    projectId: run.scope.project.id,
    caseId,
    systemVersionId: systems.get(system) ?? '',
    text: record.text,
    metadata: record.metadata ?? {},
    contentHash,
    createdAt: run.at,
  }))
  const secret = rows.filter(({ caseId }) => sealed.has(caseId))
  await insertRows(
    run.tx,
    responses,
    rows.map((row) => (sealed.has(row.caseId) ? { ...row, text: '', metadata: {} } : row)),
  )
  await sealTexts(
    run.tx,
    secret.map(({ id, caseId, text, metadata }) => ({ kind: 'response', id, caseId, value: { text, metadata } })),
  )
}

async function newResponses(run: Import, batch: readonly Numbered<ResponseRecord>[]): Promise<NewResponse[]> {
  const caseIds = await casesByKey(
    run,
    batch.map(({ record }) => record.case),
  )
  return batch.flatMap(({ line, record }) => {
    const caseId = caseIds.get(record.case)
    const system = record.system_version ?? run.options.systemVersion
    if (caseId === undefined) run.faults.add(noSuchCase(line, record.case))
    if (system === undefined) run.faults.add(noSystem(line))
    if (caseId === undefined || system === undefined) return []
    return [{ line, caseId, system, record, contentHash: responseHash(record.text, record.metadata ?? {}) }]
  })
}

async function onlyNew(
  run: Import,
  made: readonly NewResponse[],
  systems: ReadonlyMap<string, string>,
): Promise<NewResponse[]> {
  const nameKey = (caseId: string, system: string) => `${caseId} ${system}`
  const names = new Map([...systems].map(([name, id]) => [id, name]))
  const known = new Map<string, { contentHash: string; where: string }>()
  const stored = await run.tx
    .select()
    .from(responses)
    .where(
      and(
        eq(responses.projectId, run.scope.project.id),
        inArray(
          responses.caseId,
          made.map(({ caseId }) => caseId),
        ),
      ),
    )
  for (const { caseId, systemVersionId, contentHash, createdAt } of stored) {
    const where = createdAt === run.at ? 'further up in this file' : 'in the project already'
    known.set(nameKey(caseId, names.get(systemVersionId ?? '') ?? ''), { contentHash, where })
  }
  return made.filter(({ line, caseId, system, record, contentHash }) => {
    const key = nameKey(caseId, system)
    const found = known.get(key)
    if (found === undefined) {
      known.set(key, { contentHash, where: `on line ${line}` })
      return true
    }
    if (found.contentHash === contentHash) run.unchanged++
    else {
      run.faults.add({
        line,
        field: 'text',
        reason: `what “${system}” answered to “${record.case}” is ${found.where}, and is other. Answers are final: give the changed system a new version name.`,
      })
    }
    return false
  })
}

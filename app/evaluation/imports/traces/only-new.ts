import { and, eq, inArray } from 'drizzle-orm'
import { canonical } from '#app/evaluation/cases/hash.ts'
import { type Signals, traces } from '#db/schema/traces.ts'
import type { Import } from '../importer.ts'
import type { NewTrace } from './new-trace.ts'

type Known = { id: string | null; contentHash: string; signals: Signals; where: string }

const same = (a: unknown, b: unknown): boolean => JSON.stringify(canonical(a)) === JSON.stringify(canonical(b))

/** Those that are not there yet, and the signals of those that are, where they changed; other content is a fault. */
export async function onlyNewTraces(
  run: Import,
  made: readonly NewTrace[],
): Promise<{ fresh: NewTrace[]; renewed: { id: string; signals: Signals }[] }> {
  const known = await storedByKey(run, made)
  const renewed: { id: string; signals: Signals }[] = []
  const fresh = made.filter(({ line, key, contentHash, signals }) => {
    const found = known.get(key)
    if (found === undefined) {
      known.set(key, { id: null, contentHash, signals, where: `on line ${line}` })
      return true
    }
    if (found.contentHash !== contentHash) {
      run.faults.add({
        line,
        field: 'key',
        reason: `“${key}” is ${found.where}, with other content. The content of a trace is final; was it imported with other redaction, or is the id used twice?`,
      })
    } else {
      run.unchanged++
      const all = { ...found.signals, ...signals }
      if (found.id !== null && !same(all, found.signals)) renewed.push({ id: found.id, signals: all })
    }
    return false
  })
  return { fresh, renewed }
}

async function storedByKey(run: Import, made: readonly NewTrace[]): Promise<Map<string, Known>> {
  const keys = made.map(({ key }) => key)
  if (keys.length === 0) return new Map()
  const stored = await run.tx
    .select({
      id: traces.id,
      key: traces.key,
      contentHash: traces.contentHash,
      signals: traces.signals,
      createdAt: traces.createdAt,
    })
    .from(traces)
    .where(and(eq(traces.projectId, run.scope.project.id), inArray(traces.key, keys)))
  return new Map(
    stored.map(({ key, createdAt, ...rest }) => [
      key,
      { ...rest, where: createdAt === run.at ? 'further up in this file' : 'in the project already' },
    ]),
  )
}

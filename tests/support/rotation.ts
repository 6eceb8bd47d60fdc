/** A project whose pools were filled from traffic a while ago, and what there is of it to compare. */
import { and, asc, eq, isNull } from 'drizzle-orm'
import { newId, replaceAmbient } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { doSampling } from '#app/evaluation/sampling/do.ts'
import { planSampling } from '#app/evaluation/sampling/plan.ts'
import { cases } from '#db/schema/cases.ts'
import { sealedTexts, seals } from '#db/schema/seal.ts'
import { traceDocuments, traces } from '#db/schema/traces.ts'
import { addPerson, addProject, type Project, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { addTraffic } from './traffic.ts'

export const DAY = 86_400_000

/** A clock that tests move by hand. */
export function clock(at: number): { at: number; stop: () => void } {
  const time = { at, stop: () => {} }
  time.stop = replaceAmbient({ now: () => time.at })
  return time
}

export const TRAFFIC = [
  { category: 'factual lookup', userSegment: 'novice', count: 60 },
  { category: 'factual lookup', userSegment: 'expert', count: 30 },
  { category: 'reasoning', userSegment: 'novice', count: 25 },
]

export type Filled = { project: Project; owner: Scope; lead: Scope; rater: Scope }

/** Traffic, of which 40 cases were sampled: 28 are active and 12 sealed. */
export async function fillPools(store: Store, { size = 40, traffic = TRAFFIC } = {}): Promise<Filled> {
  const filled = await store.write(async (tx) => {
    const project = await addProject(tx)
    const scopeFor = async (role: 'owner' | 'lead' | 'rater') =>
      scopeOf(await addPerson(tx, project, [role]), project, [role])
    const people = { owner: await scopeFor('owner'), lead: await scopeFor('lead'), rater: await scopeFor('rater') }
    await addTraffic(tx, project, traffic)
    return { project, ...people }
  })
  const asked = { size, floorShare: 0.15, holdoutShare: 0.3, seed: 7 }
  const { stamp } = await planSampling(store.read, filled.owner, asked)
  await store.write((tx) => doSampling(tx, filled.owner, { id: newId(), asked, stamp }))
  return filled
}

/** Pools, traces and seals as they are, but for what an undone rotation leaves as a record. */
export async function stateOf({ read }: Store, projectId: string) {
  const current = and(eq(cases.projectId, projectId), isNull(cases.archivedAt))
  const kept = await read
    .select({ seal: seals })
    .from(seals)
    .innerJoin(cases, eq(cases.id, seals.caseId))
    .where(current)
    .orderBy(asc(seals.caseId))
  return {
    cases: await read.select().from(cases).where(current).orderBy(asc(cases.id)),
    traces: await read.select().from(traces).where(eq(traces.projectId, projectId)).orderBy(asc(traces.id)),
    contexts: await read.select().from(traceDocuments).orderBy(asc(traceDocuments.traceId)),
    seals: kept,
    sealedTexts: await read.select().from(sealedTexts).orderBy(asc(sealedTexts.kind), asc(sealedTexts.id)),
  }
}

export const poolCounts = async ({ read }: Store, projectId: string) => {
  const rows = await read
    .select()
    .from(cases)
    .where(and(eq(cases.projectId, projectId), isNull(cases.archivedAt)))
  const count = (pool: string) => rows.filter((row) => row.pool === pool).length
  return { active: count('active'), holdout: count('holdout'), retired: count('retired') }
}

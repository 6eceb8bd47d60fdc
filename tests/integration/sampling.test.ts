import { and, asc, count, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { workOne } from '#app/evaluation/jobs/worker.ts'
import { doSampling } from '#app/evaluation/sampling/do.ts'
import { queueSampling, samplingHandler } from '#app/evaluation/sampling/job.ts'
import { listSamplings, readSampling } from '#app/evaluation/sampling/list.ts'
import { planSampling } from '#app/evaluation/sampling/plan.ts'
import type { SamplingAsked } from '#app/evaluation/sampling/planned.ts'
import { mergeTraces } from '#app/evaluation/traces/duplicates/merge.ts'
import { cases, responses, systemVersions } from '#db/schema/cases.ts'
import { poolMoves, samplings } from '#db/schema/pools.ts'
import { seals } from '#db/schema/seal.ts'
import { traces } from '#db/schema/traces.ts'
import { auditEntries } from '#db/schema/work.ts'
import { addCase, addPerson, addProject, addSystemVersion, type Project, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { freshStore } from '#tests/support/store.ts'
import { addTrace } from '#tests/support/traces.ts'
import { addTraffic } from '#tests/support/traffic.ts'

const ASKED: SamplingAsked = { size: 40, floorShare: 0.15, holdoutShare: 0.3, seed: 7 }
const TRAFFIC = [
  { category: 'factual lookup', userSegment: 'novice', count: 60 },
  { category: 'factual lookup', userSegment: 'expert', count: 30 },
  { category: 'reasoning', userSegment: 'novice', count: 25 },
  { category: 'refusal', userSegment: 'casual', count: 3 },
]

let store: Store
let project: Project
let owner: Scope
beforeEach(async () => {
  store = await freshStore()
  await store.write(async (tx) => {
    project = await addProject(tx)
    owner = scopeOf(await addPerson(tx, project, ['owner']), project, ['owner'])
    await addTraffic(tx, project, TRAFFIC)
  })
})

const agree = async (asked = ASKED) => ({
  id: newId(),
  asked,
  stamp: (await planSampling(store.read, owner, asked)).stamp,
})
const sample = async (asked = ASKED) => {
  const agreed = await agree(asked)
  return store.write((tx) => doSampling(tx, owner, agreed))
}
const caseRows = () => store.read.select().from(cases).where(eq(cases.projectId, project.id)).orderBy(asc(cases.key))
const poolsByKey = async () => (await caseRows()).map(({ key, pool }) => `${key} ${pool}`)

describe('a plan', () => {
  it('counts what waits; what was merged is traffic, what is unassigned or left out is not drawn', async () => {
    await store.write(async (tx) => {
      const [kept] = await tx.select().from(traces).where(eq(traces.key, 'refusal-casual-0'))
      await addTrace(tx, project, { duplicateOfId: kept?.id ?? '' })
      await addTrace(tx, project, { category: 'refusal' })
      await addTrace(tx, project, { category: 'refusal', userSegment: 'casual', state: 'excluded' })
    })
    const plan = await planSampling(store.read, owner, ASKED)
    expect(plan).toMatchObject({ drawn: 40, waiting: 118, traffic: 119, unassigned: 1 })
    const refusal = plan.categories.find(({ category }) => category === 'refusal')
    expect(refusal).toMatchObject({ traffic: 4, waiting: 3, floor: 6, drawn: 3, short: 3 })
  })

  it('is refused with a word for each value that is out of bounds', async () => {
    const wrong = planSampling(store.read, owner, { size: 0, floorShare: 0.6, holdoutShare: Number.NaN, seed: 1.5 })
    await expect(wrong).rejects.toMatchObject({
      kind: 'invalid',
      fields: {
        size: expect.any(String),
        floorShare: expect.any(String),
        holdoutShare: expect.any(String),
        seed: expect.any(String),
      },
    })
    const rater = { ...owner, roles: ['rater'] as const }
    await expect(planSampling(store.read, rater, ASKED)).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

describe('a sampling', () => {
  it('makes cases of traces as planned, seals the holdout, and marks the traces', async () => {
    const plan = await planSampling(store.read, owner, ASKED)
    const { samplingId, active, holdout } = await sample()
    expect({ active, holdout }).toEqual({ active: plan.active, holdout: plan.holdout })
    const rows = await caseRows()
    expect(rows).toHaveLength(40)
    for (const segment of plan.segments) {
      const own = rows.filter((row) => row.category === segment.category && row.userSegment === segment.userSegment)
      expect(own.filter(({ pool }) => pool === 'active')).toHaveLength(segment.active)
      expect(own.filter(({ pool }) => pool === 'holdout')).toHaveLength(segment.holdout)
      for (const one of own) expect(one.samplingWeight).toBeCloseTo(segment.weight ?? 0, 9)
    }
    for (const row of rows) {
      const sealed = row.pool === 'holdout'
      expect(row.sealed).toBe(sealed)
      expect(row.input).toBe(sealed ? '' : `Question ${row.key}?`)
      expect(row.metadata).toEqual(sealed ? {} : { channel: 'web' })
    }
    const moves = await store.read.select().from(poolMoves).where(eq(poolMoves.samplingId, samplingId))
    expect(moves).toHaveLength(40)
    expect(moves.every(({ number, fromPool }) => number === 1 && fromPool === null)).toBe(true)
    const marked = await store.read
      .select({ key: traces.key, caseKey: cases.key })
      .from(traces)
      .innerJoin(cases, eq(cases.id, traces.caseId))
      .where(eq(traces.state, 'sampled'))
    expect(marked).toHaveLength(40)
    expect(marked.every(({ key, caseKey }) => key === caseKey)).toBe(true)
    const [entry] = await store.read.select().from(auditEntries).where(eq(auditEntries.action, 'cases.sampled'))
    expect(JSON.parse(entry?.detail ?? '{}')).toEqual({ cases: 40, active, holdout, seed: 7 })
  })

  it('seals until the next rotation is due', async () => {
    await sample({ ...ASKED, size: 10 })
    await sample({ ...ASKED, size: 10 })
    const [first] = await store.read.select().from(samplings).orderBy(asc(samplings.doneAt))
    const until = await store.read.selectDistinct({ until: seals.sealedUntil }).from(seals)
    expect(until).toEqual([{ until: (first?.doneAt ?? 0) + 90 * 86_400_000 }])
  })

  it('keeps the response of a trace as one of its system version, made where it is missing', async () => {
    await store.write(async (tx) => {
      await addSystemVersion(tx, project, 'assistant-1')
      const other = { category: 'edge case', userSegment: 'expert' }
      await addTrace(tx, project, { ...other, key: 'known', response: 'Hello.', systemVersion: 'assistant-1' })
      await addTrace(tx, project, { ...other, key: 'new', response: 'Hi.', systemVersion: 'assistant-2' })
      await addTrace(tx, project, { ...other, key: 'silent', response: '' })
    })
    await sample({ ...ASKED, holdoutShare: 0 })
    const rows = await store.read
      .select({ key: cases.key, system: systemVersions.name, text: responses.text })
      .from(responses)
      .innerJoin(cases, eq(cases.id, responses.caseId))
      .innerJoin(systemVersions, eq(systemVersions.id, responses.systemVersionId))
    const by = new Map(rows.map(({ key, ...rest }) => [key, rest]))
    expect(by.get('known')).toEqual({ system: 'assistant-1', text: 'Hello.' })
    expect(by.get('new')).toEqual({ system: 'assistant-2', text: 'Hi.' })
    expect(by.has('silent')).toBe(false)
    expect(rows).toHaveLength(39)
    expect(new Set(rows.map(({ system }) => system))).toEqual(new Set(['assistant-1', 'assistant-2', 'production']))
  })

  it('gives a case another key where its trace’s is taken', async () => {
    await store.write(async (tx) => {
      const system = await addSystemVersion(tx, project)
      await addCase(tx, project, system.id, { key: 'refusal-casual-1' })
      await addCase(tx, project, system.id, { key: 'refusal-casual-1-2' })
    })
    await sample({ ...ASKED, size: 118 })
    const keys = (await caseRows()).map(({ key }) => key)
    expect(keys).toContain('refusal-casual-1-3')
    expect(keys).toHaveLength(120)
  })

  it('draws the same for the same seed and traces, in whatever order they came in; another seed draws others', async () => {
    await sample()
    const first = await poolsByKey()
    const again = await freshStore()
    const [p, o] = await again.write(async (tx) => {
      const made = await addProject(tx)
      await addTraffic(tx, made, [...TRAFFIC].reverse())
      return [made, scopeOf(await addPerson(tx, made, ['owner']), made, ['owner'])] as const
    })
    ;[store, project, owner] = [again, p, o]
    await sample()
    expect(await poolsByKey()).toEqual(first)
    const third = await store.write(async (tx) => {
      const made = await addProject(tx)
      await addTraffic(tx, made, TRAFFIC)
      return [made, scopeOf(await addPerson(tx, made, ['owner']), made, ['owner'])] as const
    })
    ;[project, owner] = third
    await sample({ ...ASKED, seed: 8 })
    expect(await poolsByKey()).not.toEqual(first)
  })

  it('of a plan that holds no more is refused, and changes nothing', async () => {
    const agreed = await agree()
    await store.write((tx) =>
      addTraffic(tx, project, [{ category: 'reasoning', userSegment: 'novice', count: 1, named: 'late' }]),
    )
    await expect(store.write((tx) => doSampling(tx, owner, agreed))).rejects.toMatchObject({ code: 'plan-outdated' })
    await expect(queueSampling(store, owner, agreed)).rejects.toMatchObject({ code: 'plan-outdated' })
    expect(await workOne(store, { sampling: samplingHandler })).toBe(false)
    expect(await caseRows()).toEqual([])
  })

  it('is done by one of several who agreed to the same plan at once', async () => {
    const agreed = await Promise.all([agree(), agree(), agree()])
    const ended = await Promise.allSettled(agreed.map((one) => store.write((tx) => doSampling(tx, owner, one))))
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of ended) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'plan-outdated' })
    expect(await caseRows()).toHaveLength(40)
    expect(await store.read.select().from(samplings)).toHaveLength(1)
  })

  it('of nothing is refused', async () => {
    await store.write((tx) => tx.update(traces).set({ state: 'excluded' }))
    await expect(sample()).rejects.toMatchObject({ code: 'nothing-waits' })
  })

  it('leaves what was merged into a drawn trace with it', async () => {
    const [one, two] = await store.read.select().from(traces).where(eq(traces.category, 'refusal'))
    await mergeTraces(store, owner, one?.id ?? '', [two?.id ?? ''])
    await sample({ ...ASKED, size: 117 })
    const [merged] = await store.read
      .select()
      .from(traces)
      .where(eq(traces.id, two?.id ?? ''))
    expect(merged).toMatchObject({ caseId: null, duplicateOfId: one?.id })
    const refusal = (await caseRows()).filter(({ category }) => category === 'refusal')
    expect(refusal.map(({ samplingWeight }) => samplingWeight)).toEqual([1.5, 1.5])
  })
})

describe('a sampling as a job', () => {
  const work = () => workOne(store, { sampling: samplingHandler })

  it('is done once, however often it was sent', async () => {
    const agreed = await agree()
    await Promise.all([queueSampling(store, owner, agreed), queueSampling(store, owner, agreed)])
    expect(await readSampling(store, owner, agreed.id)).toMatchObject({ state: 'waiting', asked: ASKED })
    expect(await work()).toBe(true)
    expect(await work()).toBe(false)
    await queueSampling(store, owner, agreed)
    expect(await work()).toBe(false)
    expect(await readSampling(store, owner, agreed.id)).toMatchObject({
      state: 'done',
      by: owner.user.name,
      plan: { drawn: 40 },
    })
    const { samplings: listed, total } = await listSamplings(store, owner, { page: 1, size: 10 })
    expect(total).toBe(1)
    expect(listed).toMatchObject([{ id: agreed.id, drawn: 40 }])
    const [held] = await store.read
      .select({ n: count() })
      .from(cases)
      .where(and(eq(cases.projectId, project.id), eq(cases.pool, 'holdout')))
    expect(held?.n).toBe(listed[0]?.holdout)
  })

  it('says so where the plan held no more when its turn came', async () => {
    const [first, second] = [await agree(), await agree()]
    await queueSampling(store, owner, first)
    await queueSampling(store, owner, second)
    await work()
    await work()
    expect(await readSampling(store, owner, first.id)).toMatchObject({ state: 'done' })
    expect(await readSampling(store, owner, second.id)).toMatchObject({ state: 'failed', outdated: true })
    expect(await caseRows()).toHaveLength(40)
  })

  it('is for owners, and only of the project', async () => {
    const agreed = await agree()
    const lead = { ...owner, roles: ['lead'] as const }
    await expect(queueSampling(store, lead, agreed)).rejects.toMatchObject({ kind: 'forbidden' })
    await queueSampling(store, owner, agreed)
    const other = await store.write(async (tx) => {
      const made = await addProject(tx)
      return scopeOf(await addPerson(tx, made, ['owner']), made, ['owner'])
    })
    await expect(readSampling(store, other, agreed.id)).rejects.toMatchObject({ kind: 'missing' })
  })
})

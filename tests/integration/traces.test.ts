import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Scope } from '#app/auth/permissions.ts'
import { assignMatching, assignTraces, takeBack } from '#app/evaluation/traces/assign.ts'
import { keepApart, listMerged, mergeAll, mergeTraces, unmerge } from '#app/evaluation/traces/duplicates/merge.ts'
import { offeredGroups } from '#app/evaluation/traces/duplicates/offered.ts'
import { setExcluded } from '#app/evaluation/traces/exclude.ts'
import { listTraces, type TraceQuery, traceSystems } from '#app/evaluation/traces/list.ts'
import { readTrace } from '#app/evaluation/traces/read.ts'
import { applyRules, previewRules } from '#app/evaluation/traces/rules/apply.ts'
import type { RuleValues } from '#app/evaluation/traces/rules/rule.ts'
import { readRules, saveRules } from '#app/evaluation/traces/rules/stored.ts'
import { countTraces } from '#app/evaluation/traces/segments.ts'
import { UNASSIGNED } from '#app/evaluation/traces/unassigned.ts'
import { traces } from '#db/schema/traces.ts'
import { addPerson, addProject, type Project, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { kindOf } from '#tests/support/kind-of.ts'
import { freshStore } from '#tests/support/store.ts'
import { addTrace, type Trace } from '#tests/support/traces.ts'

let store: Store
let project: Project
let owner: Scope
beforeEach(async () => {
  store = await freshStore()
  project = await store.write((tx) => addProject(tx))
  const person = await store.write((tx) => addPerson(tx, project, ['owner']))
  owner = scopeOf(person, project, ['owner'])
})

const add = (over: Partial<Trace> = {}) => store.write((tx) => addTrace(tx, project, over))
const stored = async (id: string) => (await store.read.select().from(traces).where(eq(traces.id, id)))[0]
const query = (over: Partial<TraceQuery> = {}): TraceQuery => ({
  search: '',
  category: null,
  userSegment: null,
  system: null,
  set: 'open',
  order: 'newest',
  page: 1,
  size: 50,
  ...over,
})
const keys = async (over: Partial<TraceQuery>) =>
  (await listTraces(store, owner, query(over))).traces.map(({ key }) => key)

describe('the list', () => {
  it('filters by words, segment, system and set, and pages', async () => {
    await add({
      key: 'a',
      input: 'About 100% cover',
      category: 'reasoning',
      userSegment: 'novice',
      systemVersion: 'v1',
    })
    await add({ key: 'b', input: 'About glasses', category: 'reasoning' })
    await add({ key: 'c', input: 'Else', state: 'excluded' })
    const d = await add({ key: 'd', input: 'Kept' })
    await add({ key: 'e', input: 'Kept again', duplicateOfId: d.id })
    expect(await keys({ order: 'key' })).toEqual(['a', 'b', 'd'])
    expect(await keys({ search: 'about 100%' })).toEqual(['a'])
    expect(await keys({ search: '1__%' })).toEqual([])
    expect(await keys({ category: 'reasoning', order: 'key' })).toEqual(['a', 'b'])
    expect(await keys({ category: UNASSIGNED })).toEqual(['d'])
    expect(await keys({ userSegment: UNASSIGNED, order: 'key' })).toEqual(['b', 'd'])
    expect(await keys({ set: 'unassigned', order: 'key' })).toEqual(['b', 'd'])
    expect(await keys({ set: 'excluded' })).toEqual(['c'])
    expect(await keys({ set: 'duplicate' })).toEqual(['e'])
    expect(await keys({ set: 'all' })).toHaveLength(5)
    expect(await keys({ system: 'v1', order: 'latest' })).toEqual(['a'])
    expect(await keys({ order: 'key', page: 2, size: 2 })).toEqual(['d'])
    expect(await traceSystems(store, owner)).toEqual(['v1'])
  })

  it('counts what stands where, unassigned ones last', async () => {
    await add({ category: 'reasoning', userSegment: 'novice' })
    await add({ category: 'reasoning', userSegment: 'novice' })
    const one = await add({ category: 'reasoning' })
    await add({ duplicateOfId: one.id })
    await add({ state: 'sampled', category: 'refusal', userSegment: 'expert' })
    const { counts, segments } = await countTraces(store, owner)
    expect(counts).toEqual({ open: 3, unassigned: 1, sampled: 1, excluded: 0, duplicate: 1, all: 5 })
    expect(segments.userSegments.at(-1)).toBeNull()
    const row = segments.categories.find(({ category }) => category === 'reasoning')
    expect(row?.all).toBe(3)
    expect(row?.counts.at(-1)).toBe(1)
    expect(segments.totals.reduce((sum, n) => sum + n, 0)).toBe(3)
  })
})

describe('a trace', () => {
  it('is read whole, and by nobody of another project', async () => {
    const one = await add({ signals: { thumbs: 'up' } })
    await add({ duplicateOfId: one.id })
    expect(await readTrace(store, owner, one.id)).toMatchObject({
      key: one.key,
      duplicates: 1,
      duplicateOf: null,
      documents: [],
    })
    const elsewhere = await store.write((tx) => addProject(tx))
    const stranger = { ...owner, project: { id: elsewhere.id, slug: '', name: '' } }
    expect(await kindOf(readTrace(store, stranger, one.id))).toBe('missing')
    expect(await kindOf(mergeTraces(store, stranger, one.id, []))).toBe('missing')
    expect(await assignTraces(store, stranger, [one.id], { category: 'reasoning' })).toEqual([])
  })
})

describe('assigning by hand', () => {
  it('changes those that were ticked, and can be taken back', async () => {
    const [a, b] = [await add({ category: 'refusal', categoryBy: 'rule' }), await add()]
    const sampled = await add({ state: 'sampled' })
    const before = await assignTraces(store, owner, [a.id, b.id, sampled.id], { category: 'reasoning' })
    expect(before).toHaveLength(2)
    expect(await stored(a.id)).toMatchObject({ category: 'reasoning', categoryBy: 'hand', userSegment: null })
    expect((await stored(sampled.id))?.category).toBeNull()
    expect(await takeBack(store, owner, before)).toBe(2)
    expect(await stored(a.id)).toMatchObject({ category: 'refusal', categoryBy: 'rule' })
    expect(await stored(b.id)).toMatchObject({ category: null, categoryBy: null })
  })

  it('is refused for nothing, and for names that are not the project’s', async () => {
    const one = await add()
    expect(await kindOf(assignTraces(store, owner, [], { category: 'reasoning' }))).toBe('invalid')
    expect(await kindOf(assignTraces(store, owner, [one.id], {}))).toBe('invalid')
    expect(await kindOf(assignTraces(store, owner, [one.id], { category: 'nonsense' }))).toBe('invalid')
  })

  it('reaches all that a filter finds', async () => {
    await add({ input: 'glasses please' })
    const other = await add({ input: 'else' })
    expect(await assignMatching(store, owner, query({ search: 'glasses' }), { userSegment: 'novice' })).toBe(1)
    expect((await stored(other.id))?.userSegment).toBeNull()
  })

  it('leaves out of sampling and takes back in, never a sampled one', async () => {
    const [one, sampled] = [await add(), await add({ state: 'sampled' })]
    expect(await setExcluded(store, owner, [one.id, sampled.id], true)).toBe(1)
    expect((await stored(one.id))?.state).toBe('excluded')
    expect(await setExcluded(store, owner, [one.id, sampled.id], false)).toBe(1)
    expect((await stored(sampled.id))?.state).toBe('sampled')
  })
})

const rule = (over: Partial<RuleValues> = {}): RuleValues => ({
  target: 'category',
  value: 'reasoning',
  field: 'input',
  test: 'contains',
  pattern: 'why',
  ...over,
})

describe('rules', () => {
  it('assign by the first that fits, say beforehand how many, and leave alone what people and imports assigned', async () => {
    const why = await add({ input: 'WHY refuse?' })
    const refuse = await add({ input: 'Please refuse.' })
    const meta = await add({ input: 'x', metadata: { plan: { level: 'Gold' }, 'a.b': 'dot' } })
    const hand = await add({ input: 'why', category: 'generation', categoryBy: 'hand' })
    const merged = await add({ input: 'why', duplicateOfId: why.id })
    await saveRules(store, owner, [
      rule(),
      rule({ value: 'refusal', test: 'matches', pattern: '\\brefuse\\b' }),
      rule({ target: 'userSegment', value: 'expert', field: 'metadata.plan.level', test: 'equals', pattern: 'gold' }),
      rule({ value: 'edge case', field: 'metadata.a.b', test: 'equals', pattern: 'dot' }),
    ])
    const preview = await previewRules(store, owner)
    expect(preview).toEqual({ assigns: [1, 1, 1, 1], changed: 3, unassigned: 3, examined: 4 })
    expect((await stored(why.id))?.category).toBeNull()
    expect(await applyRules(store, owner)).toEqual(preview)
    expect(await stored(why.id)).toMatchObject({ category: 'reasoning', categoryBy: 'rule', userSegment: null })
    expect((await stored(refuse.id))?.category).toBe('refusal')
    expect(await stored(meta.id)).toMatchObject({ category: 'edge case', userSegment: 'expert', userSegmentBy: 'rule' })
    expect((await stored(hand.id))?.category).toBe('generation')
    expect((await stored(merged.id))?.category).toBeNull()
    expect((await previewRules(store, owner)).changed).toBe(0)
  })

  it('assign anew what they assigned, once they are changed', async () => {
    const one = await add({ input: 'why' })
    await saveRules(store, owner, [rule()])
    await applyRules(store, owner)
    await saveRules(store, owner, [rule({ value: 'refusal' })])
    await applyRules(store, owner)
    expect((await stored(one.id))?.category).toBe('refusal')
    await saveRules(store, owner, [])
    await applyRules(store, owner)
    expect(await stored(one.id)).toMatchObject({ category: null, categoryBy: null })
    expect(await readRules(store, owner)).toEqual([])
  })

  it('are refused with what is wrong by rule and field', async () => {
    const refused = (rules: RuleValues[]) =>
      saveRules(store, owner, rules).then(
        () => ({}),
        ({ fields }) => fields,
      )
    expect(Object.keys(await refused([rule(), rule({ value: 'x', field: 'y', pattern: ' ' })]))).toEqual([
      '1.value',
      '1.field',
      '1.pattern',
    ])
    expect(await refused([rule({ test: 'matches', pattern: '(' })])).toHaveProperty(['0.pattern'])
    expect(await readRules(store, owner)).toEqual([])
  })

  it('are stopped when a pattern would take for ever', async () => {
    await add({ input: `${'a'.repeat(60)}!` })
    await saveRules(store, owner, [rule({ test: 'matches', pattern: '^(a+)+$' })])
    const began = performance.now()
    expect(await kindOf(previewRules(store, owner))).toBe('slow-pattern')
    expect(performance.now() - began).toBeLessThan(10_000)
  })

  it('never touch what a person assigned, and do nothing the second time, whatever they are', async () => {
    const words = ['why', 'how', 'no', 'glasses']
    const oneRule = fc.record({
      target: fc.constantFrom('category' as const),
      value: fc.constantFrom('reasoning', 'refusal', 'generation'),
      field: fc.constant('input'),
      test: fc.constantFrom('contains' as const, 'equals' as const, 'matches' as const),
      pattern: fc.constantFrom(...words),
    })
    const oneTrace = fc.record({
      input: fc.constantFrom(...words, 'why no'),
      by: fc.constantFrom('hand', 'rule', null),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(oneRule, { maxLength: 5 }),
        fc.array(oneTrace, { maxLength: 8 }),
        async (rules, given) => {
          await store.write(async (tx) => {
            await tx.delete(traces)
          })
          const made: Trace[] = []
          for (const { input, by } of given) {
            made.push(await add({ input, category: by && 'edge case', categoryBy: by as Trace['categoryBy'] }))
          }
          await saveRules(store, owner, rules)
          await applyRules(store, owner)
          for (const trace of made) {
            const after = await stored(trace.id)
            const fits = ({ test, pattern }: RuleValues) =>
              test === 'equals' ? trace.input === pattern : trace.input.includes(pattern)
            const expected = trace.categoryBy === 'hand' ? 'edge case' : (rules.find(fits)?.value ?? null)
            expect(after?.category).toBe(expected)
          }
          expect((await applyRules(store, owner)).changed).toBe(0)
        },
      ),
      { numRuns: 15 },
    )
  })
})

const LONG = 'Does the Standard plan pay for a second opinion before surgery on the back, and how long does it take'

describe('near-duplicates', () => {
  const offered = async () => {
    const found = await offeredGroups(store, owner, { page: 1, size: 20, ms: 10_000 })
    if (!found.ready) throw new Error('not ready')
    return found
  }

  it('are offered, merged into the first, and taken apart again', async () => {
    const a = await add({ input: `${LONG}?` })
    const b = await add({ input: `  ${LONG.toUpperCase()} ...` })
    const c = await add({ input: 'Something else altogether, about glasses.' })
    const found = await offered()
    expect(found).toMatchObject({ total: 1, traces: 2, compared: 3 })
    expect(found.groups[0]?.shown.map(({ id }) => id)).toEqual([a.id, b.id])
    expect(await mergeTraces(store, owner, b.id, [a.id])).toBe(1)
    expect((await stored(a.id))?.duplicateOfId).toBe(b.id)
    expect(await offered()).toMatchObject({ total: 0 })
    // What was merged goes along.
    expect(await mergeTraces(store, owner, c.id, [b.id])).toBe(1)
    expect((await stored(a.id))?.duplicateOfId).toBe(c.id)
    expect(await kindOf(mergeTraces(store, owner, b.id, [c.id]))).toBe('conflict')
    expect(await listMerged(store, owner, { page: 1, size: 10 })).toMatchObject({
      total: 1,
      merged: [{ id: c.id, duplicates: 2 }],
    })
    expect(await unmerge(store, owner, c.id)).toBe(2)
    expect(await offered()).toMatchObject({ total: 1 })
  })

  it('that are kept apart are offered again only with a new one', async () => {
    const a = await add({ input: LONG })
    const b = await add({ input: LONG })
    await keepApart(store, owner, [a.id, b.id])
    expect((await offered()).total).toBe(0)
    await add({ input: `${LONG}!` })
    expect((await offered()).groups[0]).toMatchObject({ size: 3 })
  })

  it('are merged all at once, into the one a case was made of where there is one', async () => {
    const a = await add({ input: LONG })
    const sampled = await add({ input: LONG, state: 'sampled' })
    const b = await add({ input: 'Hi there' })
    const c = await add({ input: 'hi, there!' })
    expect(await mergeAll(store, owner)).toEqual({ groups: 2, traces: 2 })
    expect((await stored(a.id))?.duplicateOfId).toBe(sampled.id)
    expect((await stored(c.id))?.duplicateOfId).toBe(b.id)
    expect(await mergeAll(store, owner)).toEqual({ groups: 0, traces: 0 })
  })
})

it('only owners change traces; owners and leads read them', async () => {
  const one = await add()
  for (const role of ['rater', 'builder', 'lead', 'admin'] as const) {
    const scope = { ...owner, roles: [role] }
    const changes = [
      assignTraces(store, scope, [one.id], { category: 'reasoning' }),
      assignMatching(store, scope, query(), { category: 'reasoning' }),
      takeBack(store, scope, []),
      setExcluded(store, scope, [one.id], true),
      saveRules(store, scope, []),
      previewRules(store, scope),
      applyRules(store, scope),
      mergeTraces(store, scope, one.id, []),
      mergeAll(store, scope),
      unmerge(store, scope, one.id),
      keepApart(store, scope, [one.id]),
    ]
    expect(await Promise.all(changes.map(kindOf))).toEqual(changes.map(() => 'forbidden'))
    const reads = [
      listTraces(store, scope, query()),
      countTraces(store, scope),
      readTrace(store, scope, one.id),
      readRules(store, scope),
      traceSystems(store, scope),
      offeredGroups(store, scope, { page: 1, size: 1, ms: 1_000 }),
      listMerged(store, scope, { page: 1, size: 1 }),
    ]
    const expected = role === 'lead' ? 'done' : 'forbidden'
    expect(await Promise.all(reads.map(kindOf))).toEqual(reads.map(() => expected))
  }
})

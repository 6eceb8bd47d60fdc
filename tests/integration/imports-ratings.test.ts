import { asc, count, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Scope } from '#app/auth/permissions.ts'
import type { ImportOptions } from '#app/evaluation/imports/options.ts'
import type { ImportRefused } from '#app/evaluation/imports/refused.ts'
import { importFile } from '#app/evaluation/imports/run.ts'
import { listRubrics } from '#app/evaluation/rubrics/read.ts'
import { cases } from '#db/schema/cases.ts'
import { memberships, raterKeys, users } from '#db/schema/people.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import { assignments, items, roundRaters, rounds } from '#db/schema/rounds.ts'
import { dimensions } from '#db/schema/rubrics.ts'
import { auditEntries } from '#db/schema/work.ts'
import {
  addCase,
  addPerson,
  addProject,
  addRound,
  addRubric,
  addSystemVersion,
  type Person,
  type Project,
  scopeOf,
} from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { ownFolder } from '#tests/support/files.ts'
import { freshStore } from '#tests/support/store.ts'

const files = ownFolder()

let store: Store
let project: Project
let owner: Scope
let expert: Person
beforeEach(async () => {
  store = await freshStore()
  await store.write(async (tx) => {
    project = await addProject(tx)
    owner = scopeOf(await addPerson(tx, project, ['owner']), project, ['owner'])
    expert = await addPerson(tx, project, ['rater'], { email: 'expert@example.org' })
    const system = await addSystemVersion(tx, project, 'v1')
    for (const key of ['a', 'b', 'c']) await addCase(tx, project, system.id, { key })
  })
})

const withRubric = () => store.write((tx) => addRubric(tx, project, { keys: ['accuracy', 'tone'] }))

const run = (path: string, options: ImportOptions = {}) =>
  importFile(store, owner, { kind: 'ratings', path, fileName: 'may.csv', options })

const refused = async (promise: Promise<unknown>): Promise<ImportRefused> => {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toMatchObject({ code: 'import-refused' })
  return error as ImportRefused
}

const HEAD = 'case,system_version,rater,dimension,score,note,time,cannot_judge\n'
const FILE = `${HEAD}a,v1,w1,accuracy,3,,2025-03-01T10:00:00Z,
a,v1,w1,tone,4,Kind.,2025-03-01T10:01:00Z,
a,v1,w2,accuracy,2,,,
b,v1,w1,accuracy,,,,no source
a,v1,Expert@example.org,tone,1,,,
`

const TABLES = { ratings, scores, items, assignments, rounds, roundRaters, users, memberships, auditEntries }

async function counts(): Promise<Record<string, number>> {
  const made: Record<string, number> = {}
  for (const [name, table] of Object.entries(TABLES)) {
    const [row] = await store.read.select({ n: count() }).from(table)
    made[name] = row?.n ?? 0
  }
  return made
}

describe('ratings', () => {
  it('become a closed round with an item for each response, rated as often as it was', async () => {
    const rubric = await withRubric()
    const report = await run(files.write('may.csv', FILE))
    expect(report).toMatchObject({ records: 5, added: 5, unchanged: 0 })
    expect(report.notes[0]).toBe('Made 2 people without an account: w1, w2.')
    expect(report.notes[1]).toMatch(/^4 ratings of 2 responses by 3 raters are in the closed round “may”/)

    const [round] = await store.read.select().from(rounds)
    expect(round).toMatchObject({
      name: 'may',
      state: 'closed',
      overlap: 3,
      rubricVersionId: rubric.versionId,
      startsAt: Date.UTC(2025, 2, 1, 10, 1),
      endsAt: Date.UTC(2025, 2, 1, 10, 1),
      createdBy: owner.user.id,
      simulated: null,
    })
    const made = await store.read
      .select({ key: cases.key, needed: items.needed, taken: items.taken, done: items.done, tier: items.tier })
      .from(items)
      .innerJoin(cases, eq(cases.id, items.caseId))
      .orderBy(asc(cases.key))
    expect(made).toEqual([
      { key: 'a', needed: 3, taken: 3, done: 3, tier: 0 },
      { key: 'b', needed: 1, taken: 1, done: 1, tier: 0 },
    ])
    const given = await store.read
      .select({ key: cases.key, rater: users.name, source: ratings.source, at: ratings.submittedAt })
      .from(ratings)
      .innerJoin(items, eq(items.id, ratings.itemId))
      .innerJoin(cases, eq(cases.id, items.caseId))
      .innerJoin(users, eq(users.id, ratings.raterId))
      .innerJoin(assignments, eq(assignments.id, ratings.assignmentId))
      .orderBy(asc(cases.key), asc(users.name))
    expect(given.map(({ key, rater, source }) => [key, rater, source])).toEqual([
      ['a', expert.name, 'import'],
      ['a', 'w1', 'import'],
      ['a', 'w2', 'import'],
      ['b', 'w1', 'import'],
    ])
    expect(given[1]?.at).toBe(Date.UTC(2025, 2, 1, 10, 1))
    const scored = await store.read
      .select({ dimension: dimensions.key, level: scores.level, cannotJudge: scores.cannotJudge, note: scores.note })
      .from(scores)
      .innerJoin(dimensions, eq(dimensions.id, scores.dimensionId))
      .innerJoin(ratings, eq(ratings.id, scores.ratingId))
      .innerJoin(users, eq(users.id, ratings.raterId))
      .where(eq(users.name, 'w1'))
      .orderBy(asc(scores.level), asc(scores.note))
    expect(scored).toHaveLength(3)
    expect(scored).toEqual(
      expect.arrayContaining([
        { dimension: 'accuracy', level: 3, cannotJudge: null, note: '' },
        { dimension: 'tone', level: 4, cannotJudge: null, note: 'Kind.' },
        { dimension: 'accuracy', level: null, cannotJudge: 'no source', note: '' },
      ]),
    )
  })

  it('are left alone by the same file again', async () => {
    await withRubric()
    const path = files.write('may.csv', FILE)
    await run(path)
    const before = await counts()
    expect(await run(path)).toMatchObject({ added: 0, unchanged: 5, notes: [] })
    expect(await counts()).toEqual(before)
  })

  it('of a longer file join the round of the shorter one', async () => {
    await withRubric()
    await run(files.write('short.csv', FILE))
    const report = await run(files.write('long.csv', `${FILE}b,v1,w3,tone,2,,,\nc,v1,w3,tone,2,,,\n`))
    expect(report).toMatchObject({ added: 2, unchanged: 5 })
    expect(await counts()).toMatchObject({ rounds: 1, items: 3, ratings: 6, roundRaters: 4 })
    const made = await store.read
      .select({ key: cases.key, needed: items.needed, done: items.done })
      .from(items)
      .innerJoin(cases, eq(cases.id, items.caseId))
      .orderBy(asc(cases.key))
    expect(made).toEqual([
      { key: 'a', needed: 3, done: 3 },
      { key: 'b', needed: 2, done: 2 },
      { key: 'c', needed: 1, done: 1 },
    ])
  })

  it('are final: other scores of the same rater in the same round are refused', async () => {
    await withRubric()
    await run(files.write('first.csv', FILE))
    const before = await counts()
    const { errors } = await refused(run(files.write('second.csv', `${HEAD}a,v1,w2,accuracy,4,,,\n`)))
    expect(errors).toEqual([{ line: 2, field: 'rater', reason: expect.stringContaining('with other scores') }])
    expect(await counts()).toEqual(before)
    expect(await run(files.path('second.csv'), { round: 'june' })).toMatchObject({ added: 1 })
  })

  it('name the line, field and reason of everything wrong, and store none', async () => {
    await withRubric()
    const before = await counts()
    const bad = `${HEAD}a,v1,w1,accuracy,5,,,
a,v1,w1,charm,3,,,
zz,v1,w1,accuracy,3,,,
b,v7,w1,accuracy,3,,,
c,v1,w1,accuracy,3,,,
`
    const { errors } = await refused(run(files.write('bad.csv', bad)))
    expect(errors).toEqual([
      { line: 2, field: 'score', reason: 'must be 1 to 4 on “accuracy”, but is 5' },
      { line: 3, field: 'dimension', reason: expect.stringContaining('has no “charm”. It has: accuracy, tone.') },
      { line: 4, field: 'case', reason: expect.stringContaining('no case of the project has the key “zz”') },
      { line: 5, field: 'system_version', reason: expect.stringContaining('no response of “v7” to “b”') },
    ])
    const twice = await refused(run(files.write('twice.csv', `${FILE}a,v1,w2,accuracy,2,,,\n`)))
    expect(twice.errors).toEqual([
      { line: 7, field: 'dimension', reason: expect.stringContaining('on line 4 already') },
    ])
    expect(await counts()).toEqual(before)
  })

  it('go to the rounds they name, and find the same raters again', async () => {
    await withRubric()
    const path = files.jsonl('rounds.jsonl', [
      { case: 'a', system_version: 'v1', rater: 'w1', dimension: 'tone', score: 1, round: 'one' },
      { case: 'a', system_version: 'v1', rater: 'w1', dimension: 'tone', score: 2, round: 'two' },
    ])
    expect(await run(path)).toMatchObject({ added: 2 })
    expect((await store.read.select().from(rounds)).map(({ name }) => name).sort()).toEqual(['one', 'two'])
    expect(await store.read.select().from(raterKeys)).toHaveLength(1)
  })

  it('are not mixed into a round that was rated here', async () => {
    const rubric = await withRubric()
    await store.write((tx) => addRound(tx, project, rubric.versionId, [], [], { name: 'may', state: 'closed' }))
    await expect(run(files.write('may.csv', FILE))).rejects.toMatchObject({ code: 'round-name' })
  })
})

describe('their rubric', () => {
  const DATA = 'case,system_version,rater,dimension,score\na,v1,w1,Factual accuracy,0\na,v1,w2,Factual accuracy,2\n'

  it('has to be told where the project has none or several', async () => {
    await expect(run(files.write('none.csv', FILE))).rejects.toMatchObject({ code: 'which-rubric' })
    await withRubric()
    const other = await withRubric()
    await expect(run(files.path('none.csv'))).rejects.toMatchObject({ code: 'which-rubric' })
    const keys = (await listRubrics(store, owner)).filter(({ id }) => id === other.id).map(({ key }) => key)
    await run(files.path('none.csv'), { rubric: { key: keys[0] ?? '' } })
    const [round] = await store.read.select().from(rounds)
    expect(round?.rubricVersionId).toBe(other.versionId)
    await expect(run(files.path('none.csv'), { rubric: { key: keys[0] ?? '', version: 2 } })).rejects.toMatchObject({
      code: 'no-rubric',
    })
  })

  it('can be made from the data, on the scale found or given, once', async () => {
    const path = files.write('data.csv', DATA)
    const report = await run(path, { rubricFromData: 'Old scale' })
    expect(report.notes).toContain('Made the rubric old-scale version 1 from the scores found.')
    expect(await run(path, { rubricFromData: 'Old scale' })).toMatchObject({ added: 0, unchanged: 2 })
    const [rubric] = await listRubrics(store, owner)
    expect(rubric?.versions).toMatchObject([
      { number: 1, state: 'published', dimensions: [{ name: 'Factual accuracy', lowest: 0, highest: 2 }] },
    ])
    await run(path, { rubricFromData: 'wider', levels: { from: 0, to: 5 }, round: 'wider' })
    const wider = (await listRubrics(store, owner)).find(({ key }) => key === 'wider')
    expect(wider?.versions[0]?.dimensions).toEqual([{ name: 'Factual accuracy', lowest: 0, highest: 5 }])
  })

  it('cannot have more than ten levels, and nothing of the import stays', async () => {
    const before = await counts()
    const path = files.write('hundred.csv', `${DATA}a,v1,w3,Factual accuracy,100\n`)
    await expect(run(path, { rubricFromData: 'big' })).rejects.toMatchObject({
      code: 'no-scale',
      message: expect.stringContaining('from 0 to 100, which is 101 levels'),
    })
    expect(await counts()).toEqual(before)
    expect(await listRubrics(store, owner)).toEqual([])
  })
})

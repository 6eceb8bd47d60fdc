import { and, asc, count, countDistinct, eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Scope } from '#app/auth/permissions.ts'
import { type FolderToImport, importFolder } from '#app/evaluation/imports/folder.ts'
import { listRubrics } from '#app/evaluation/rubrics/read.ts'
import { caseDocuments, cases, documents, references, responses, systemVersions } from '#db/schema/cases.ts'
import { projects, raterKeys } from '#db/schema/people.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import { items, rounds } from '#db/schema/rounds.ts'
import { addPerson, addProject, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { ownFolder } from '#tests/support/files.ts'
import { haveRealData, realFolder, withoutRealData } from '#tests/support/real-data.ts'
import { freshStore } from '#tests/support/store.ts'

let store: Store
let owner: Scope
beforeEach(async () => {
  store = await freshStore()
  owner = await store.write(async (tx) => {
    const project = await addProject(tx)
    return scopeOf(await addPerson(tx, project, ['owner']), project, ['owner'])
  })
})

const load = (folder: string, more: Partial<FolderToImport> = {}) => importFolder(store, owner, { folder, ...more })

const TABLES = {
  cases,
  documents,
  caseDocuments,
  responses,
  references,
  systemVersions,
  raterKeys,
  items,
  ratings,
  scores,
}

async function counts(): Promise<Record<string, number>> {
  const made: Record<string, number> = {}
  for (const [name, table] of Object.entries(TABLES)) {
    const [row] = await store.read.select({ n: count() }).from(table)
    made[name] = row?.n ?? 0
  }
  return made
}

const loadTwice = async (folder: string, more: Partial<FolderToImport> = {}) => {
  const reports = await load(folder, more)
  const before = await counts()
  for (const report of await load(folder, more)) expect(report.added).toBe(0)
  expect(await counts()).toEqual(before)
  return { reports, before }
}

describe('a folder of published ratings', () => {
  const files = ownFolder()

  it('may leave out its texts, and cases say so', async () => {
    files.write('bare.csv', 'item,rater,dimension,score\n17,r1,k1,0\n17,r2,k1,3\n18,r1,k1,1\n')
    const { before, reports } = await loadTwice(files.path(''), { ratings: 'bare.csv' })
    expect(before).toMatchObject({ cases: 2, responses: 2, ratings: 3, scores: 3 })
    expect(reports.at(-1)?.notes[0]).toContain('2 cases stand for texts that were not published')
    const [first] = await store.read.select().from(cases).orderBy(asc(cases.key))
    expect(first?.input).toBe('17\n\nThe text was not published; only its ratings are here.')
  })

  it('names file, line and field of what is wrong', async () => {
    const item = { item: 'a', group: 'g', input: 'Q?', system: 's', output: 'A.' }
    files.jsonl('items.jsonl', [item, { ...item, item: 'b', input: 'Another?' }])
    files.write('ratings.csv', 'item,rater,dimension,score\na,r1,k1,0\nzz,r1,k1,1\n')
    await expect(load(files.path(''))).rejects.toMatchObject({
      code: 'import-refused',
      errors: [{ line: 2, field: 'input', reason: expect.stringContaining('line 1') }],
    })
    files.jsonl('items.jsonl', [item])
    await expect(load(files.path(''))).rejects.toMatchObject({
      errors: [{ line: 3, field: 'item', reason: 'items.jsonl has no item “zz”' }],
    })
    expect(await counts()).toMatchObject({ cases: 0 })
  })
})

const mixed = ownFolder()

it('says which kinds a file of ratings mixes where they do not go together', async () => {
  mixed.write('ratings.csv', 'item,rater,dimension,score,kind\na,r1,k1,1,severity\na,r2,k1,0.1,penalty\n')
  const folder = mixed.path('')
  const reports: string[] = []
  await expect(load(folder, { onReport: ({ kind }) => reports.push(kind) })).rejects.toMatchObject({
    errors: [
      { line: null, field: 'kind', reason: expect.stringContaining('severity (1), penalty (1)') },
      { line: 3, field: 'score', reason: 'must be a whole number, but is 0.1' },
    ],
  })
  expect(reports).toEqual(['cases', 'responses'])
})

describe.skipIf(!haveRealData)(`real ratings${haveRealData ? '' : ` (skipped: ${withoutRealData})`}`, () => {
  it('SQuALITY: 100 questions on 20 stories, three answers each, ranked by three of four', async () => {
    const { before } = await loadTwice(realFolder('squality'), { ratings: 'ranks.csv' })
    expect(before).toEqual({
      cases: 100,
      documents: 20,
      caseDocuments: 100,
      responses: 300,
      references: 400,
      systemVersions: 3,
      raterKeys: 4,
      items: 300,
      ratings: 900,
      scores: 2_700,
    })
    const [round] = await store.read.select().from(rounds)
    expect(round).toMatchObject({ name: 'squality ranks', state: 'closed', overlap: 3 })
    const [rubric] = await listRubrics(store, owner)
    expect(rubric?.versions[0]?.dimensions).toEqual(
      ['correctness', 'coverage', 'overall'].map((name) => ({ name, lowest: 1, highest: 3 })),
    )
    const [project] = await store.read.select().from(projects)
    expect(project?.userSegments).toContain('general')
    const [story] = await store.read
      .select({ title: documents.title, words: sql`length(${documents.text})`.mapWith(Number) })
      .from(documents)
      .innerJoin(caseDocuments, eq(caseDocuments.documentId, documents.id))
      .innerJoin(cases, and(eq(cases.id, caseDocuments.caseId), eq(cases.key, '50827-q0')))
    expect(story?.title).toBe('Orphans of the Void')
    expect(story?.words).toBeGreaterThan(20_000)
  })

  it('the recipe evaluation: 52 outputs, 88 raters, six dimensions', async () => {
    const { before, reports } = await loadTwice(realFolder('recipe_eval'))
    expect(before).toMatchObject({
      cases: 12,
      responses: 52,
      references: 10,
      systemVersions: 7,
      raterKeys: 88,
      items: 52,
      ratings: 1_056,
      scores: 6_336,
    })
    expect(reports.at(-1)?.notes[0]).toContain('The times of 6,336 scores are not times of a clock')
  })

  it('WMT23: ten translations of 104 segments, with times; penalties left out', async () => {
    const { before, reports } = await loadTwice(realFolder('wmt23_mqm_sxs'), { kinds: ['severity'] })
    expect(before).toMatchObject({
      cases: 104,
      responses: 1_040,
      systemVersions: 10,
      raterKeys: 10,
      items: 1_040,
      ratings: 3_120,
      scores: 18_720,
    })
    expect(reports.at(-1)?.notes[0]).toBe('Left out 3,120 scores of the kind “penalty”, as asked.')
    const [round] = await store.read.select().from(rounds)
    expect(new Date(round?.startsAt ?? 0).toISOString()).toBe('2024-08-13T20:22:44.721Z')
    const [distinct] = await store.read.select({ n: countDistinct(ratings.submittedAt) }).from(ratings)
    expect(distinct?.n).toBe(2_897)
  })

  it('Austrian writing: essays without texts, raters overlapping as they did', async () => {
    const { before } = await loadTwice(realFolder('austrian_writing'))
    expect(before).toMatchObject({ cases: 135, items: 135, raterKeys: 7, ratings: 274, scores: 1_370 })
    const spread = await store.read.select({ needed: items.needed, n: count() }).from(items).groupBy(items.needed)
    expect(Object.fromEntries(spread.map(({ needed, n }) => [needed, n]))).toEqual({ 1: 89, 2: 27, 6: 2, 7: 17 })
  })
})

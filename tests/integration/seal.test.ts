import { eq, getTableName, type Table } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { sealCases } from '#app/evaluation/seal/seal-cases.ts'
import { unsealCases } from '#app/evaluation/seal/unseal-cases.ts'
import { mergeTraces, unmerge } from '#app/evaluation/traces/duplicates/merge.ts'
import * as schema from '#db/schema/all.ts'
import { sealedSets, sealedTexts, seals } from '#db/schema/seal.ts'
import { addPerson, addProject, addSystemVersion, type Project, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { addWholeCase, sealAway, textsWith, YEAR_MS } from '#tests/support/sealed.ts'
import { freshStore } from '#tests/support/store.ts'
import { addTrace } from '#tests/support/traces.ts'

const MARK = 'the-secret-mark'

let store: Store
let project: Project
let systemId = ''
beforeEach(async () => {
  store = await freshStore()
  await store.write(async (tx) => {
    project = await addProject(tx)
    systemId = (await addSystemVersion(tx, project, 'v1')).id
  })
})

const whole = (mark: string, key?: string) =>
  store.write((tx) => addWholeCase(tx, project, systemId, textsWith(mark, key)))

const TABLES = Object.values(schema).filter((one): one is typeof schema.cases => typeof one === 'object' && 'id' in one)

/** Every row of every table that holds text of cases, by table. */
async function everything(): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {}
  const held = [schema.cases, schema.responses, schema.references, schema.traces, schema.documents]
  for (const table of held) {
    found[getTableName(table as Table)] = await store.read.select().from(table).orderBy(table.id)
  }
  found.links = await store.read.select().from(schema.caseDocuments).orderBy(schema.caseDocuments.caseId)
  found.traceLinks = await store.read.select().from(schema.traceDocuments).orderBy(schema.traceDocuments.traceId)
  return found
}

/** Whatever of the database is not encrypted. */
async function plainText(): Promise<string> {
  const rows: unknown[] = []
  for (const table of TABLES) rows.push(await store.read.select().from(table))
  return JSON.stringify([rows, await everything()])
}

describe('sealing', () => {
  it('takes every text of a case and of its traffic from the tables', async () => {
    const made = await whole(MARK)
    const other = await whole('another-mark')
    expect((await plainText()).split(MARK).length).toBeGreaterThan(10)

    const { setId, canary } = await store.write((tx) => sealAway(tx, project, [made.caseId]))
    const after = await plainText()
    expect(after).not.toContain(MARK)
    expect(after).toContain('another-mark')
    const [row] = await store.read.select().from(schema.cases).where(eq(schema.cases.id, made.caseId))
    expect(row).toMatchObject({ sealed: true, input: '', metadata: {}, key: made.key, searchText: made.key })
    const [untouched] = await store.read.select().from(schema.cases).where(eq(schema.cases.id, other.caseId))
    expect(untouched?.sealed).toBe(false)
    expect(await store.read.select().from(sealedSets)).toMatchObject([{ id: setId, canary }])
    expect(canary).toMatch(/^assay-canary-[0-9a-f-]{36}$/)
    const [seal] = await store.read.select().from(seals)
    expect(seal).toMatchObject({ caseId: made.caseId, setId, contentHash: row?.contentHash, endedAt: null })
    expect((seal?.sealedUntil ?? 0) - (seal?.sealedAt ?? 0)).toBeCloseTo(YEAR_MS, -3)
  })

  it('is taken back to the letter', async () => {
    const made = [await whole(MARK), await whole(`${MARK} 🔒 "quoted" \\n`)]
    const before = await everything()
    const ids = made.map(({ caseId }) => caseId)
    await store.write((tx) => sealCases(tx, project.id, ids, { until: 0 }))
    await store.write((tx) => unsealCases(tx, project.id, ids))
    const after = await everything()
    const documentHashes = (of: Record<string, unknown[]>) =>
      (of.documents as { contentHash: string }[]).map(({ contentHash }) => contentHash).sort()
    expect(documentHashes(after)).toEqual(documentHashes(before))
    for (const table of ['cases', 'responses', 'reference_answers', 'traces'])
      expect(after[table]).toEqual(before[table])
    expect(after.links).toHaveLength(2)
    expect(after.traceLinks).toHaveLength(2)
    expect(await store.read.select().from(sealedTexts)).toEqual([])
    for (const { endedAt } of await store.read.select().from(seals)) expect(endedAt).not.toBeNull()
  })

  it('leaves a document that another case uses, and brings back one that was imported again meanwhile once', async () => {
    const shared = { ...textsWith(MARK), documents: [{ title: 'Handbook', text: 'For all.' }] }
    const made = await store.write((tx) => addWholeCase(tx, project, systemId, shared))
    await store.write((tx) =>
      addWholeCase(tx, project, systemId, { ...textsWith('other'), documents: shared.documents }),
    )
    await store.write((tx) => sealAway(tx, project, [made.caseId]))
    const kept = await store.read.select().from(schema.documents)
    expect(kept).toMatchObject([{ title: 'Handbook' }])
    await store.write((tx) => unsealCases(tx, project.id, [made.caseId]))
    expect(await store.read.select().from(schema.documents)).toEqual(kept)
    const links = await store.read
      .select()
      .from(schema.caseDocuments)
      .where(eq(schema.caseDocuments.caseId, made.caseId))
    expect(links).toMatchObject([{ position: 0, documentId: kept[0]?.id }])
  })

  it('takes along what is merged into its trace, and does not take that apart', async () => {
    const made = await whole(MARK)
    const owner = await store.write(async (tx) => scopeOf(await addPerson(tx, project, ['owner']), project, ['owner']))
    await store.write((tx) => sealAway(tx, project, [made.caseId]))
    const late = await store.write((tx) => addTrace(tx, project, { input: `Question with ${MARK}?`, response: MARK }))
    const [kept = ''] = made.traceIds
    expect(await mergeTraces(store, owner, kept, [late.id])).toBe(1)
    expect(await plainText()).not.toContain(MARK)
    expect(await unmerge(store, owner, kept)).toBe(0)
    await store.write((tx) => unsealCases(tx, project.id, [made.caseId]))
    const [back] = await store.read.select().from(schema.traces).where(eq(schema.traces.id, late.id))
    expect(back).toMatchObject({ input: late.input, response: MARK, searchText: late.searchText })
    expect(await unmerge(store, owner, kept)).toBe(2)
  })

  it('seals again under a new set, and leaves what is sealed in its own', async () => {
    const made = await whole(MARK)
    const first = await store.write((tx) => sealAway(tx, project, [made.caseId]))
    await store.write((tx) => sealAway(tx, project, [made.caseId]))
    expect(await store.read.select().from(seals)).toMatchObject([{ setId: first.setId }])
    await store.write((tx) => unsealCases(tx, project.id, [made.caseId]))
    const third = await store.write((tx) => sealAway(tx, project, [made.caseId]))
    expect(await store.read.select().from(seals)).toMatchObject([{ setId: third.setId, endedAt: null }])
    expect(await plainText()).not.toContain(MARK)
  })

  it('opens nothing where a text was put in place of another', async () => {
    const [one, two] = [await whole(MARK), await whole('another-mark')]
    await store.write((tx) => sealAway(tx, project, [one.caseId, two.caseId]))
    const texts = await store.read.select().from(sealedTexts).where(eq(sealedTexts.kind, 'case'))
    const sealed = texts.find(({ id }) => id === two.caseId)?.sealed ?? ''
    await store.write((tx) => tx.update(sealedTexts).set({ sealed }).where(eq(sealedTexts.id, one.caseId)))
    const opened = store.write((tx) => unsealCases(tx, project.id, [one.caseId]))
    await expect(opened).rejects.toThrow(/cannot be opened: it was changed since it was sealed/)
  })

  it('opens nothing whose hash is not the one fixed at sealing', async () => {
    const made = await whole(MARK)
    await store.write((tx) => sealAway(tx, project, [made.caseId]))
    await store.write((tx) => tx.update(seals).set({ contentHash: 'other' }))
    const opened = store.write((tx) => unsealCases(tx, project.id, [made.caseId]))
    await expect(opened).rejects.toThrow(/not what was sealed: the hashes differ/)
  })
})

import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Scope } from '#app/auth/permissions.ts'
import { importFile } from '#app/evaluation/imports/run.ts'
import { createRound } from '#app/evaluation/rounds/create.ts'
import { previewRound } from '#app/evaluation/rounds/preview.ts'
import { addRaters } from '#app/evaluation/rounds/raters.ts'
import type { RoundValues } from '#app/evaluation/rounds/shown.ts'
import { cases } from '#db/schema/cases.ts'
import type { Role } from '#db/schema/roles.ts'
import { items } from '#db/schema/rounds.ts'
import {
  type AddedRubric,
  addCase,
  addPerson,
  addProject,
  addRubric,
  addSystemVersion,
  type Project,
  scopeOf,
} from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { ownFolder } from '#tests/support/files.ts'
import { roundValuesFor } from '#tests/support/rounds.ts'
import { addWholeCase, sealAway, textsWith, type WholeCase } from '#tests/support/sealed.ts'
import { freshStore } from '#tests/support/store.ts'

const files = ownFolder()
const MARK = 'the-secret-mark'

let store: Store
let project: Project
let rubric: AddedRubric
let lead: Scope
let sealed: WholeCase

const as = (...roles: Role[]): Promise<Scope> =>
  store.write(async (tx) => scopeOf(await addPerson(tx, project, roles), project, roles))

beforeEach(async () => {
  store = await freshStore()
  await store.write(async (tx) => {
    project = await addProject(tx)
    rubric = await addRubric(tx, project)
    const system = await addSystemVersion(tx, project, 'v1')
    sealed = await addWholeCase(tx, project, system.id, textsWith(MARK))
    await addCase(tx, project, system.id)
    await addCase(tx, project, system.id)
    await sealAway(tx, project, [sealed.caseId])
  })
  lead = await as('lead')
})

const values = (raters: readonly Scope[], over: Partial<RoundValues> = {}): RoundValues =>
  roundValuesFor({ rubric, raters: [...raters] }, { pool: 'holdout', overlap: 1, ...over })

describe('a round of the holdout', () => {
  it('takes the sealed cases, for the reason holdout; one of active cases takes none of them', async () => {
    const rater = await as('rater')
    const previewed = await previewRound(store.read, lead, values([rater]))
    expect(previewed.matched).toBe(1)
    expect(JSON.stringify(previewed)).not.toContain(MARK)
    const { id } = await createRound(store, lead, values([rater]))
    const made = await store.read.select().from(items).where(eq(items.roundId, id))
    expect(made).toMatchObject([{ caseId: sealed.caseId, reason: 'holdout', selectionProbability: 1 }])
    const active = await createRound(store, lead, values([rater], { pool: 'active' }))
    const others = await store.read.select().from(items).where(eq(items.roundId, active.id))
    expect(others.map(({ reason }) => reason)).toEqual(['audit', 'audit'])
    expect(others.map(({ caseId }) => caseId)).not.toContain(sealed.caseId)
  })

  it.each<[Role]>([['owner'], ['builder']])('takes no rater who is %s too, and says who that is', async (role) => {
    const [rater, barred] = [await as('rater'), await as('rater', role)]
    const refused = createRound(store, lead, values([rater, barred]))
    await expect(refused).rejects.toMatchObject({
      fields: { raterIds: expect.stringContaining(`never read its holdout, and ${barred.user.name} is one`) },
    })
    const { id } = await createRound(store, lead, values([rater]))
    await expect(addRaters(store, lead, id, [barred.user.id])).rejects.toMatchObject({ kind: 'invalid' })
    const active = await createRound(store, lead, values([rater, barred], { pool: 'active' }))
    expect(active.items).toBe(2)
  })

  it('finds cases by words of their keys, and by none of their text', async () => {
    const rater = await as('rater')
    const found = async (search: string) => (await previewRound(store.read, lead, values([rater], { search }))).matched
    expect([await found(sealed.key), await found(MARK)]).toEqual([1, 0])
  })
})

describe('a file of sealed cases', () => {
  it('that is imported again changes nothing; with other content it is refused', async () => {
    const owner = await as('owner')
    const { key, input, metadata, documents } = textsWith(MARK, sealed.key)
    const record = { key, input, metadata, documents, category: 'factual lookup', user_segment: 'novice' }
    const file = (one: object) => {
      const path = files.jsonl('cases.jsonl', [one])
      return { kind: 'cases' as const, path, fileName: 'cases.jsonl', options: {} }
    }
    const report = await importFile(store, owner, file(record))
    expect(report).toMatchObject({ added: 0, unchanged: 1 })
    await expect(importFile(store, owner, file({ ...record, input: 'Something else?' }))).rejects.toThrow(
      /Nothing was stored/,
    )
    const [row] = await store.read.select().from(cases).where(eq(cases.id, sealed.caseId))
    expect(row).toMatchObject({ sealed: true, input: '' })
  })
})

/** A round to be rated in tests, its raters, and what they enter. */
import type { Scope } from '#app/auth/permissions.ts'
import { type Content, emptyContent } from '#app/evaluation/ratings/content.ts'
import type { Quality } from '#db/schema/cases.ts'
import type { rounds } from '#db/schema/rounds.ts'
import {
  type AddedRubric,
  addCase,
  addPerson,
  addProject,
  addReference,
  addRound,
  addRubric,
  addSystemVersion,
  type Project,
  scopeOf,
} from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'

export type Panel = {
  project: Project
  rubric: AddedRubric
  lead: Scope
  raters: Scope[]
  round: string
  items: string[]
  cases: { caseId: string; responseId: string }[]
  systemVersionId: string
}

/** An open round over `items` cases for `raters` people; `references`: the qualities each case has. */
export async function addPanel(
  store: Store,
  {
    items = 3,
    raters = 2,
    references = [] as readonly Quality[],
    rationaleAtOrBelow = null as number | null,
    ...round
  }: {
    items?: number
    raters?: number
    references?: readonly Quality[]
    rationaleAtOrBelow?: number | null
  } & Partial<typeof rounds.$inferInsert> = {},
): Promise<Panel> {
  return store.write(async (tx) => {
    const project = await addProject(tx)
    const rubric = await addRubric(tx, project, { rationaleAtOrBelow })
    const system = await addSystemVersion(tx, project, 'assistant-2026-05')
    const people = []
    for (let i = 0; i < raters; i++) people.push(await addPerson(tx, project, ['rater'], { name: `Rater ${i + 1}` }))
    const lead = await addPerson(tx, project, ['lead'], { name: 'Lead' })
    const cases = []
    for (let i = 0; i < items; i++) {
      const made = await addCase(tx, project, system.id, { key: `case-${i + 1}` })
      for (const quality of references)
        await addReference(tx, project, made.caseId, { quality, text: `${quality} ${i}` })
      cases.push(made)
    }
    const ids = people.map((person) => person.id)
    const made = await addRound(tx, project, rubric.versionId, ids, cases, round)
    return {
      project,
      rubric,
      lead: scopeOf(lead, project, ['lead']),
      raters: people.map((person) => scopeOf(person, project, ['rater'])),
      round: made.id,
      items: made.itemIds,
      cases,
      systemVersionId: system.id,
    }
  })
}

/** A whole rating: every dimension at the level. */
export const scored = (rubric: AddedRubric, level = 3, over: Partial<Content> = {}): Content => ({
  ...emptyContent(),
  scores: Object.fromEntries(rubric.dimensions.map(({ id }) => [id, { level, cannotJudge: null, note: '' }])),
  activeMs: 30_000,
  ...over,
})

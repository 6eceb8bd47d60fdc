/** Rows for tests and demo data: each function inserts one thing with sensible defaults and returns it. */

import { eq } from 'drizzle-orm'
import { newId, now, randomInt, sha256 } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { moveCases } from '#app/evaluation/pools/move.ts'
import { cases, type Quality, references, responses, systemVersions } from '#db/schema/cases.ts'
import { memberships, projects, type Role, users } from '#db/schema/people.ts'
import { items, roundRaters, rounds } from '#db/schema/rounds.ts'
import { dimensions, levels, rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Database } from '#db/store.server.ts'

export type Project = typeof projects.$inferSelect
export type Person = typeof users.$inferSelect

export async function addProject(tx: Database, over: Partial<Project> = {}): Promise<Project> {
  const id = newId()
  const row: Project = {
    id,
    slug: `project-${id.slice(-6)}`,
    name: 'Cardiology answers',
    description: '',
    categories: ['factual lookup', 'reasoning', 'generation', 'refusal', 'edge case'],
    userSegments: ['expert', 'novice', 'high-stakes', 'casual'],
    createdAt: now(),
    ...over,
  }
  await tx.insert(projects).values(row)
  return row
}

export async function addPerson(
  tx: Database,
  project: Pick<Project, 'id'>,
  roles: readonly Role[],
  over: Partial<Person> = {},
): Promise<Person> {
  const id = newId()
  const row: Person = {
    id,
    email: `person-${id.slice(-8)}@example.org`,
    name: `Person ${id.slice(-4)}`,
    passwordHash: null,
    singleKeys: true,
    tourSeenAt: null,
    disabledAt: null,
    createdAt: now(),
    ...over,
  }
  await tx.insert(users).values(row)
  if (roles.length > 0) {
    await tx
      .insert(memberships)
      .values(roles.map((role) => ({ projectId: project.id, userId: id, role, createdAt: now() })))
  }
  return row
}

/** The scope in which a person acts in a project. */
export const scopeOf = (person: Person, project: Project, roles: readonly Role[]): Scope => ({
  user: { id: person.id, name: person.name },
  project: { id: project.id, slug: project.slug, name: project.name },
  roles,
})

export type AddedRubric = {
  id: string
  key: string
  versionId: string
  dimensions: { id: string; key: string; levels: number[] }[]
}

/** A rubric with one published version of dimensions that share the same levels. */
export async function addRubric(
  tx: Database,
  project: Pick<Project, 'id'>,
  { keys = ['accuracy', 'groundedness'], from = 1, to = 4, rationaleAtOrBelow = null as number | null } = {},
): Promise<AddedRubric> {
  const id = newId()
  const key = `rubric-${id.slice(-6)}`
  const versionId = newId()
  const values = Array.from({ length: to - from + 1 }, (_, i) => from + i)
  const made = keys.map((key) => ({ id: newId(), key, levels: values }))
  await tx.insert(rubrics).values({ id, projectId: project.id, key, name: 'Rubric', createdAt: now() })
  await tx.insert(rubricVersions).values({
    id: versionId,
    rubricId: id,
    number: 1,
    state: 'draft',
    contentHash: sha256(JSON.stringify([keys, values])),
    createdAt: now(),
  })
  await tx.insert(dimensions).values(
    made.map((dimension, position) => ({
      id: dimension.id,
      rubricVersionId: versionId,
      key: dimension.key,
      name: dimension.key,
      position,
      rationaleAtOrBelow,
    })),
  )
  await tx
    .insert(levels)
    .values(
      made.flatMap((d) =>
        values.map((value) => ({ dimensionId: d.id, value, anchor: `Level ${value}`, examples: [] })),
      ),
    )
  await tx
    .update(rubricVersions)
    .set({ state: 'published', publishedAt: now() })
    .where(eq(rubricVersions.id, versionId))
  return { id, key, versionId, dimensions: made }
}

/** The next version of a rubric made by `addRubric`, published, with the same dimensions by key. */
export async function addRubricVersion(tx: Database, rubric: AddedRubric, number = 2): Promise<AddedRubric> {
  const versionId = newId()
  const made = rubric.dimensions.map((dimension) => ({ ...dimension, id: newId() }))
  const row = { id: versionId, rubricId: rubric.id, number, basedOnId: rubric.versionId, createdAt: now() }
  await tx.insert(rubricVersions).values({
    ...row,
    state: 'draft',
    changeNote: 'Anchors reworded.',
    contentHash: sha256(`${rubric.id} ${number}`),
  })
  await tx
    .insert(dimensions)
    .values(made.map(({ id, key }, position) => ({ id, rubricVersionId: versionId, key, name: key, position })))
  await tx
    .insert(levels)
    .values(
      made.flatMap((d) =>
        d.levels.map((value) => ({ dimensionId: d.id, value, anchor: `Reworded ${value}`, examples: [] })),
      ),
    )
  await tx
    .update(rubricVersions)
    .set({ state: 'published', publishedAt: now() })
    .where(eq(rubricVersions.id, versionId))
  return { ...rubric, versionId, dimensions: made }
}

export async function addSystemVersion(
  tx: Database,
  project: Pick<Project, 'id'>,
  name = `system-${newId().slice(-6)}`,
) {
  const row = { id: newId(), projectId: project.id, name, notes: '', createdAt: now() }
  await tx.insert(systemVersions).values(row)
  return row
}

/** A case with one response of the given system version. */
export async function addCase(
  tx: Database,
  project: Pick<Project, 'id'>,
  systemVersionId: string,
  over: { key?: string; input?: string; category?: string; userSegment?: string; response?: string } = {},
): Promise<{ caseId: string; responseId: string }> {
  const caseId = newId()
  const responseId = newId()
  const key = over.key ?? `case-${caseId.slice(-8)}`
  const input = over.input ?? `Question ${key}?`
  const text = over.response ?? `Answer to ${key}.`
  const at = now()
  await tx.insert(cases).values({
    id: caseId,
    projectId: project.id,
    key,
    input,
    category: over.category ?? 'factual lookup',
    userSegment: over.userSegment ?? 'novice',
    metadata: {},
    contentHash: sha256(input),
    searchText: `${key} ${input}`.toLowerCase(),
    createdAt: at,
  })
  await moveCases(tx, project.id, [caseId], { to: 'active', at })
  await tx.insert(responses).values({
    id: responseId,
    projectId: project.id,
    caseId,
    systemVersionId,
    text,
    metadata: {},
    contentHash: sha256(text),
    createdAt: at,
  })
  return { caseId, responseId }
}

export async function addReference(
  tx: Database,
  project: Pick<Project, 'id'>,
  caseId: string,
  { quality = 'high' as Quality, authorId = null as string | null, text = 'A reference.' } = {},
) {
  const row = {
    id: newId(),
    projectId: project.id,
    caseId,
    quality,
    text,
    contentHash: sha256(text),
    authorId,
    createdAt: now(),
  }
  await tx.insert(references).values(row)
  return row
}

/** An open round over the given responses, for the given raters. */
export async function addRound(
  tx: Database,
  project: Pick<Project, 'id'>,
  rubricVersionId: string,
  raterIds: readonly string[],
  rated: readonly { caseId: string; responseId: string }[],
  over: Partial<typeof rounds.$inferInsert> = {},
): Promise<{ id: string; itemIds: string[] }> {
  const id = newId()
  const overlap = over.overlap ?? 3
  await tx.insert(rounds).values({
    id,
    projectId: project.id,
    name: 'November round',
    rubricVersionId,
    state: 'open',
    overlap,
    referencesShown: 'never',
    secondsPerItem: 120,
    createdAt: now(),
    ...over,
  })
  if (raterIds.length > 0) {
    await tx
      .insert(roundRaters)
      .values(raterIds.map((raterId) => ({ roundId: id, raterId, seed: randomInt(2 ** 31), addedAt: now() })))
  }
  const made = rated.map((one) => ({
    id: newId(),
    roundId: id,
    responseId: one.responseId,
    caseId: one.caseId,
    reason: 'audit' as const,
    selectionProbability: 1,
    needed: overlap,
    position: randomInt(2 ** 31),
  }))
  for (let start = 0; start < made.length; start += 500) await tx.insert(items).values(made.slice(start, start + 500))
  return { id, itemIds: made.map((item) => item.id) }
}

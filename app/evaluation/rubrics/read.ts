import { and, asc, desc, eq, inArray, ne } from 'drizzle-orm'
import { can, demand, type Scope } from '#app/auth/permissions.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { users } from '#db/schema/people.ts'
import { dimensions, levels, rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Store } from '#db/store.server.ts'

type Reading = Pick<Store, 'read'>

export type Level = { value: number; label: string; anchor: string; examples: string[] }

export type Dimension = {
  id: string
  key: string
  name: string
  description: string
  weight: number
  rationaleAtOrBelow: number | null
  /** Lowest first. */
  levels: Level[]
}

export type RubricVersion = {
  id: string
  rubric: { id: string; key: string; name: string }
  number: number
  state: 'draft' | 'published' | 'retired'
  /** The version it was drafted from; null for a first one, and for one from before that was recorded. */
  basedOnId: string | null
  changeNote: string
  contentHash: string
  createdAt: number
  createdBy: string | null
  publishedAt: number | null
  retiredAt: number | null
  /** In the order they are scored in. */
  dimensions: Dimension[]
}

/** Drafts are for those who plan rounds; everyone else sees what was published. */
export const seesDrafts = (scope: Scope): boolean => can(scope.roles, 'rounds.read')

/**
 * A version of a rubric in full.
 *
 * @throws Problem `missing` for one that is not of this project, or a draft that is not for this reader
 */
export async function readVersion({ read }: Reading, scope: Scope, versionId: string): Promise<RubricVersion> {
  demand(scope, 'rubrics.read')
  const [version] = await read
    .select({
      id: rubricVersions.id,
      rubric: { id: rubrics.id, key: rubrics.key, name: rubrics.name },
      number: rubricVersions.number,
      state: rubricVersions.state,
      basedOnId: rubricVersions.basedOnId,
      changeNote: rubricVersions.changeNote,
      contentHash: rubricVersions.contentHash,
      createdAt: rubricVersions.createdAt,
      createdBy: users.name,
      publishedAt: rubricVersions.publishedAt,
      retiredAt: rubricVersions.retiredAt,
    })
    .from(rubricVersions)
    .innerJoin(rubrics, eq(rubrics.id, rubricVersions.rubricId))
    .leftJoin(users, eq(users.id, rubricVersions.createdBy))
    .where(and(eq(rubricVersions.id, versionId), eq(rubrics.projectId, scope.project.id)))
  if (!version || (version.state === 'draft' && !seesDrafts(scope)))
    throw new Problem('missing', 'This version of a rubric is not here.')
  return { ...version, dimensions: await dimensionsOf(read, versionId) }
}

/** The dimensions of a version in order, each with its levels, lowest first. */
export const dimensionsOf = async (read: Reading['read'], versionId: string): Promise<Dimension[]> =>
  (await dimensionsOfAll(read, [versionId])).get(versionId) ?? []

/** The dimensions of several versions, as `dimensionsOf` gives them, by the version's id. */
export async function dimensionsOfAll(
  read: Reading['read'],
  versionIds: readonly string[],
): Promise<Map<string, Dimension[]>> {
  const found = new Map<string, Dimension[]>()
  if (versionIds.length === 0) return found
  const rows = await read
    .select({ dimension: dimensions, level: levels })
    .from(dimensions)
    .innerJoin(levels, eq(levels.dimensionId, dimensions.id))
    .where(inArray(dimensions.rubricVersionId, [...new Set(versionIds)]))
    .orderBy(asc(dimensions.position), asc(dimensions.id), asc(levels.value))
  const byId = new Map<string, Dimension>()
  for (const { dimension, level } of rows) {
    const { id, key, name, description, weight, rationaleAtOrBelow, rubricVersionId } = dimension
    let known = byId.get(id)
    if (!known) {
      known = { id, key, name, description, weight, rationaleAtOrBelow, levels: [] }
      byId.set(id, known)
      found.set(rubricVersionId, [...(found.get(rubricVersionId) ?? []), known])
    }
    known.levels.push({ value: level.value, label: level.label, anchor: level.anchor, examples: level.examples })
  }
  return found
}

export type ListedVersion = {
  id: string
  rubricId: string
  number: number
  state: RubricVersion['state']
  basedOnId: string | null
  changeNote: string
  createdAt: number
  publishedAt: number | null
  dimensions: { name: string; lowest: number; highest: number }[]
}

export type ListedRubric = { id: string; key: string; name: string; versions: ListedVersion[] }

/** The project's rubrics by name, each with its versions, the newest first. */
export async function listRubrics({ read }: Reading, scope: Scope): Promise<ListedRubric[]> {
  demand(scope, 'rubrics.read')
  const rows = await read
    .select({ rubric: { id: rubrics.id, key: rubrics.key, name: rubrics.name }, version: rubricVersions })
    .from(rubrics)
    .innerJoin(rubricVersions, eq(rubricVersions.rubricId, rubrics.id))
    .where(
      and(eq(rubrics.projectId, scope.project.id), seesDrafts(scope) ? undefined : ne(rubricVersions.state, 'draft')),
    )
    .orderBy(asc(rubrics.name), asc(rubrics.id), desc(rubricVersions.number))
  const scales = await scalesOf(
    read,
    rows.map(({ version }) => version.id),
  )
  const found = new Map<string, ListedRubric>()
  for (const { rubric, version } of rows) {
    const { id, number, state, basedOnId, changeNote, createdAt, publishedAt } = version
    const known = found.get(rubric.id) ?? { ...rubric, versions: [] }
    known.versions.push({
      id,
      rubricId: rubric.id,
      number,
      state,
      basedOnId,
      changeNote,
      createdAt,
      publishedAt,
      dimensions: scales.get(id) ?? [],
    })
    found.set(rubric.id, known)
  }
  return [...found.values()]
}

async function scalesOf(
  read: Reading['read'],
  versionIds: readonly string[],
): Promise<Map<string, ListedVersion['dimensions']>> {
  const scales = new Map<string, ListedVersion['dimensions']>()
  if (versionIds.length === 0) return scales
  const rows = await read
    .select({ dimension: dimensions, value: levels.value })
    .from(dimensions)
    .innerJoin(levels, eq(levels.dimensionId, dimensions.id))
    .where(inArray(dimensions.rubricVersionId, [...versionIds]))
    .orderBy(asc(dimensions.position), asc(dimensions.id), asc(levels.value))
  let last = ''
  for (const { dimension, value } of rows) {
    const list = scales.get(dimension.rubricVersionId) ?? []
    scales.set(dimension.rubricVersionId, list)
    if (dimension.id !== last) list.push({ name: dimension.name, lowest: value, highest: value })
    const scale = list[list.length - 1]
    if (scale) scale.highest = value
    last = dimension.id
  }
  return scales
}

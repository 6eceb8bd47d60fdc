import { asc, desc, eq, sql } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { systemVersions } from '#db/schema/cases.ts'
import { projects } from '#db/schema/people.ts'
import { ratings } from '#db/schema/ratings.ts'
import { roundRaters, rounds } from '#db/schema/rounds.ts'
import { rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Store } from '#db/store.server.ts'
import { nameRaters } from '../agreement/names.ts'
import type { DriftFilter, SettledDrift } from './filter.ts'

/** What the filters of the drift page can be set to. */
export type DriftChoices = {
  /** Those that anything was rated under, the most recently used first. */
  rubrics: { id: string; name: string }[]
  categories: string[]
  userSegments: string[]
  raters: { id: string; name: string }[]
  /** Names by id. */
  systems: Record<string, string>
}

export async function driftChoices(store: Pick<Store, 'read'>, scope: Scope): Promise<DriftChoices> {
  demand(scope, 'agreement.read')
  const { read } = store
  const projectId = scope.project.id
  const newest = sql<number | null>`(
    select max(${ratings.submittedAt}) from ${ratings} where ${ratings.rubricVersionId} = ${rubricVersions.id}
  )`
  const [project] = await read.select().from(projects).where(eq(projects.id, projectId))
  const versions = await read
    .select({ id: rubrics.id, name: rubrics.name, newest })
    .from(rubrics)
    .innerJoin(rubricVersions, eq(rubricVersions.rubricId, rubrics.id))
    .where(eq(rubrics.projectId, projectId))
    .orderBy(desc(rubrics.createdAt), desc(rubrics.id))
  const chosen = await read
    .selectDistinct({ id: roundRaters.raterId })
    .from(roundRaters)
    .innerJoin(rounds, eq(rounds.id, roundRaters.roundId))
    .where(eq(rounds.projectId, projectId))
    .orderBy(asc(roundRaters.raterId))
  const systems = await read
    .select({ id: systemVersions.id, name: systemVersions.name })
    .from(systemVersions)
    .where(eq(systemVersions.projectId, projectId))
  const names = await nameRaters(
    store,
    scope,
    chosen.map(({ id }) => id),
  )
  return {
    rubrics: lastUsed(versions),
    categories: project?.categories ?? [],
    userSegments: project?.userSegments ?? [],
    systems: Object.fromEntries(systems.map(({ id, name }) => [id, name])),
    raters: chosen
      .map(({ id }) => ({ id, name: names[id]?.name ?? '' }))
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
  }
}

/** Rubrics with ratings by their newest one. */
function lastUsed(versions: readonly { id: string; name: string; newest: number | null }[]): DriftChoices['rubrics'] {
  const found = new Map<string, { id: string; name: string; newest: number }>()
  for (const { id, name, newest } of versions) {
    if (newest === null) continue
    found.set(id, { id, name, newest: Math.max(Number(newest), found.get(id)?.newest ?? 0) })
  }
  return [...found.values()].sort((a, b) => b.newest - a.newest).map(({ id, name }) => ({ id, name }))
}

/** The filter with a rubric: the one asked for, else that of the newest ratings. Null where the project has none. */
export function settleDrift(filter: DriftFilter, { rubrics: all }: DriftChoices): SettledDrift | null {
  const rubric = filter.rubricId === null ? all[0] : all.find(({ id }) => id === filter.rubricId)
  return rubric ? { ...filter, rubricId: rubric.id } : null
}

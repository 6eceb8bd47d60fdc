import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { can, demand, type Scope } from '#app/auth/permissions.ts'
import { systemVersions } from '#db/schema/cases.ts'
import { projects, users } from '#db/schema/people.ts'
import { ratings } from '#db/schema/ratings.ts'
import { rounds } from '#db/schema/rounds.ts'
import { rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Database, Store } from '#db/store.server.ts'
import type { AgreementFilter, Settled } from './filter.ts'

export type Choice = { id: string; name: string }

export type VersionChoice = Choice & {
  rubric: string
  number: number
  /** When its newest rating was submitted; null: it has none. */
  newest: number | null
}

/** What the filters of the agreement page can be set to. */
export type AgreementChoices = {
  rounds: (Choice & { rubricVersionId: string; simulated: string | null })[]
  /** Those that a round was rated under, the most recently used first. */
  versions: VersionChoice[]
  categories: string[]
  userSegments: string[]
  systemVersions: Choice[]
  /** Those with a rating, by name; empty for readers who may not see whose ratings they are. */
  raters: Choice[]
}

export async function agreementChoices({ read }: Pick<Store, 'read'>, scope: Scope): Promise<AgreementChoices> {
  demand(scope, 'agreement.read')
  const projectId = scope.project.id
  const newest = sql<number | null>`(
    select max(${ratings.submittedAt}) from ${ratings} where ${ratings.rubricVersionId} = ${rubricVersions.id}
  )`
  const [project] = await read.select().from(projects).where(eq(projects.id, projectId))
  const roundRows = await read
    .select({
      id: rounds.id,
      name: rounds.name,
      rubricVersionId: rounds.rubricVersionId,
      simulated: rounds.simulated,
      state: rounds.state,
    })
    .from(rounds)
    .where(eq(rounds.projectId, projectId))
    .orderBy(desc(rounds.createdAt), desc(rounds.id))
  const versionRows = await read
    .select({ id: rubricVersions.id, rubric: rubrics.name, number: rubricVersions.number, newest })
    .from(rubricVersions)
    .innerJoin(rubrics, eq(rubrics.id, rubricVersions.rubricId))
    .where(eq(rubrics.projectId, projectId))
  const systems = await read
    .select({ id: systemVersions.id, name: systemVersions.name })
    .from(systemVersions)
    .where(eq(systemVersions.projectId, projectId))
    .orderBy(asc(systemVersions.createdAt), asc(systemVersions.id))
  const raters = can(scope.roles, 'ratings.read') ? await ratersOf(read, projectId) : []
  const used = new Set(roundRows.map((round) => round.rubricVersionId))
  const several = new Set(versionRows.map(({ rubric }) => rubric)).size > 1
  return {
    rounds: roundRows
      .filter(({ state }) => state === 'open' || state === 'closed')
      .map(({ id, name, rubricVersionId, simulated }) => ({ id, name, rubricVersionId, simulated })),
    versions: versionRows
      .filter(({ id }) => used.has(id))
      .map((version) => ({
        ...version,
        name: several ? `${version.rubric}, version ${version.number}` : `Version ${version.number}`,
      }))
      .sort((a, b) => (b.newest ?? 0) - (a.newest ?? 0) || b.number - a.number),
    categories: project?.categories ?? [],
    userSegments: project?.userSegments ?? [],
    systemVersions: systems,
    raters,
  }
}

/** Stops at a rater's first rating, so it stays cheap. */
async function ratersOf(read: Database, projectId: string): Promise<Choice[]> {
  const rating = read
    .select({ one: sql`1` })
    .from(ratings)
    .innerJoin(rounds, eq(rounds.id, ratings.roundId))
    .where(and(eq(ratings.raterId, users.id), eq(rounds.projectId, projectId)))
  const rows = await read.select({ id: users.id, name: users.name }).from(users).where(sql`exists ${rating}`)
  return rows.sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1))
}

/**
 * The filter with one rubric version: that of the round where one is chosen (a round has only one), else the one asked for,
 * else that of the newest ratings. Null when the project has nothing of the kind.
 */
export function settle(filter: AgreementFilter, { rounds: all, versions }: AgreementChoices): Settled | null {
  const round = filter.roundId === null ? null : all.find(({ id }) => id === filter.roundId)
  if (round === undefined) return null
  const wanted = round?.rubricVersionId ?? filter.rubricVersionId
  const version = wanted === null ? versions[0] : versions.find(({ id }) => id === wanted)
  return version ? { ...filter, rubricVersionId: version.id } : null
}

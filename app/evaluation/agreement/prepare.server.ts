/**
 * The figures that the Agreement page opens with, computed before anybody asks for them: the first to look after a start, or after
 * what computes was let go, waits no longer than others.
 */
import { desc, eq, sql } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { can, type Scope } from '#app/auth/permissions.ts'
import { log } from '#app/log.server.ts'
import { ratings } from '#db/schema/ratings.ts'
import { rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Database, Store } from '#db/store.server.ts'
import { urlOf } from '#db/url-of.server.ts'
import { computed } from '../computing/computed.server.ts'
import { elsewhere, isThere } from '../computing/elsewhere.server.ts'
import { worstOf } from './figures.ts'
import { NO_FILTER, type Settled } from './filter.ts'
import { stateOfRatings } from './state.ts'
import { FIGURES } from './tasks.ts'

/** Not for every page that is looked at. */
const PAUSE_MS = 5 * 60_000
/** As many as what computes keeps the ratings of. */
const MOST_AT_START = 4

const preparedAt = new Map<string, number>()

/** At the start of the server: of the projects that were rated last. Never fails; what goes wrong is in the log. */
export const prepareAtStart = (read: Database): Promise<void> =>
  told(async () => {
    const versions = await newestVersions(read)
    for (const { projectId, id } of versions.slice(0, MOST_AT_START)) {
      preparedAt.set(projectId, now())
      await prepare(read, id)
    }
  })

/** For somebody who looks at a page near it, and may look at agreement too. Nothing to wait for, and it never fails. */
export function prepareAgreement({ read }: Pick<Store, 'read'>, scope: Scope): Promise<void> {
  const projectId = scope.project.id
  if (!can(scope.roles, 'agreement.read')) return Promise.resolve()
  const last = preparedAt.get(projectId)
  if (last !== undefined && now() - last < PAUSE_MS) return Promise.resolve()
  preparedAt.set(projectId, now())
  return told(async () => {
    const [version] = await newestVersions(read, projectId)
    if (version) await prepare(read, version.id)
  })
}

async function told(work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => log().warn({ err: error }, 'preparing the agreement page failed'))
}

/** Of each project the rubric version that was rated under last, the last of all first. */
async function newestVersions(read: Database, projectId?: string): Promise<{ id: string; projectId: string }[]> {
  const newest = sql<number | null>`(
    select max(${ratings.submittedAt}) from ${ratings} where ${ratings.rubricVersionId} = ${rubricVersions.id}
  )`
  const rows = await read
    .select({ id: rubricVersions.id, projectId: rubrics.projectId, newest })
    .from(rubricVersions)
    .innerJoin(rubrics, eq(rubrics.id, rubricVersions.rubricId))
    .where(projectId === undefined ? undefined : eq(rubrics.projectId, projectId))
    .orderBy(desc(rubricVersions.number))
  const sorted = rows.filter((row) => row.newest !== null).sort((a, b) => Number(b.newest) - Number(a.newest))
  return sorted.filter((row, place) => sorted.findIndex((other) => other.projectId === row.projectId) === place)
}

/** What is quick is left until it is asked for. What computes gets to work even where results are kept, for the questions after. */
async function prepare(read: Database, rubricVersionId: string): Promise<void> {
  const url = urlOf(read)
  const { ratings: many } = await stateOfRatings(read, rubricVersionId)
  if (url === null || many < FIGURES.elsewhereFrom) return
  const filter: Settled = { ...NO_FILTER, rubricVersionId }
  const figures = await computed(read, 'agreement', filter)
  const worst = worstOf(figures.dimensions)
  if (!worst) return
  const asked = { filter, dimensionId: worst.dimension.id }
  await computed(read, 'dimension', asked)
  if (isThere(FIGURES.takes, url)) return
  await elsewhere(FIGURES.takes, url, { name: 'agreement', asked: filter })
  await elsewhere(FIGURES.takes, url, { name: 'dimension', asked })
}

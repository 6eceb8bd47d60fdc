/**
 * The one door to sealed text. Whoever goes through it leaves an exposure, for ever; only what is on record is opened.
 *
 * First, inside a transaction, `record...` checks that the actor may open the case and writes the exposure; the `Openings`
 * that it returns, which nothing else can make, are what `readOpened` takes.
 */
import { eq, sql } from 'drizzle-orm'
import { newId, now } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { cases } from '#db/schema/cases.ts'
import { ratings } from '#db/schema/ratings.ts'
import { referenceTasks } from '#db/schema/references.ts'
import { assignments, items } from '#db/schema/rounds.ts'
import { breakGlass, exposures } from '#db/schema/seal.ts'
import { statement } from '#db/statement.server.ts'
import type { Database, Store } from '#db/store.server.ts'
import { Problem } from '../problem.ts'
import { isBarred } from './barred.ts'

class Recorded {
  readonly #caseIds: ReadonlySet<string>
  constructor(caseIds: Iterable<string> = []) {
    this.#caseIds = new Set(caseIds)
  }
  has(caseId: string): boolean {
    return this.#caseIds.has(caseId)
  }
}

/** Sealed cases whose opening is on record. */
export type Openings = Recorded

/** Nothing was opened. */
export const NO_OPENINGS: Openings = new Recorded()

const value = (name: string) => sql`${sql.placeholder(name)}`
const asText = (name: string) => sql`cast(${value(name)} as text)`
const asTime = (name: string) => sql`cast(${value(name)} as bigint)`

/**
 * Only the rater's own, only what was handed to them here, and only where the case is sealed. A rating that was imported is
 * no way in: whoever imports ratings could make one for themselves.
 */
const throughAssignment = statement((db) =>
  db
    .insert(exposures)
    .select(
      sql`select ${asText('id')}, i.project_id, i.case_id, ${asText('user')}, ${asText('for')}, i.id, null, null, ${asTime('at')}
        from (select a.id, c.project_id, c.id as case_id from ${assignments} a
          join ${items} t on t.id = a.item_id join ${cases} c on c.id = t.case_id
          where a.id = ${value('assignment')} and a.rater_id = ${value('user')} and c.project_id = ${value('project')}
            and a.state <> 'reserved' and c.sealed and not exists (select 1 from ${ratings} r
              where r.item_id = a.item_id and r.rater_id = a.rater_id and r.source <> 'app')) i`,
    )
    .returning({ caseId: exposures.caseId }),
)

/**
 * Records that the actor opens the sealed cases of their own assignments; those whose cases are not sealed, or whose rating
 * was imported, are passed over.
 *
 * @throws Problem `forbidden` for owners and builders of the project
 */
export async function recordAssignments(
  tx: Database,
  scope: Scope,
  exposedFor: 'rating' | 'own rating',
  assignmentIds: readonly string[],
): Promise<Openings> {
  if (assignmentIds.length === 0) return NO_OPENINGS
  const opened: string[] = []
  for (const assignment of assignmentIds) {
    const asked = {
      id: newId(),
      user: scope.user.id,
      project: scope.project.id,
      for: exposedFor,
      at: now(),
      assignment,
    }
    const [row] = await throughAssignment(tx).execute(asked)
    if (row) opened.push(row.caseId)
  }
  if (opened.length > 0) demandUnbarred(scope)
  return new Recorded(opened)
}

/** The same in a transaction of its own; without any assignment there is none. */
export const recordOwn = async (
  store: Store,
  scope: Scope,
  exposedFor: 'rating' | 'own rating',
  assignmentIds: readonly string[],
): Promise<Openings> =>
  assignmentIds.length === 0
    ? NO_OPENINGS
    : store.write((tx) => recordAssignments(tx, scope, exposedFor, assignmentIds))

/**
 * Records that the actor opens the sealed case of a reference task which they hold; where the case is not sealed there is
 * nothing to record.
 *
 * @throws Problem `missing` where they do not hold the task, `forbidden` for owners and builders of the project
 */
export async function recordTask(tx: Database, scope: Scope, taskId: string): Promise<Openings> {
  const [task] = await tx
    .select({ caseId: cases.id, sealed: cases.sealed, kind: referenceTasks.kind, takenBy: referenceTasks.takenBy })
    .from(referenceTasks)
    .innerJoin(cases, eq(cases.id, referenceTasks.caseId))
    .where(sql`${referenceTasks.id} = ${taskId} and ${referenceTasks.projectId} = ${scope.project.id}`)
  if (!task || task.takenBy !== scope.user.id) throw new Problem('missing', 'This task is not yours.')
  if (!task.sealed) return NO_OPENINGS
  demandUnbarred(scope)
  const exposedFor = task.kind === 'write' ? 'writing a reference' : 'checking a reference'
  return insert(tx, scope, { caseId: task.caseId, exposedFor, taskId })
}

/**
 * Records that the actor opens a case whose seal two people broke, of whom they are one, while that lasts.
 *
 * @throws Problem `forbidden` for anyone else, and when the hour is over
 */
export async function recordBrokenGlass(tx: Database, scope: Scope, breakGlassId: string): Promise<Openings> {
  const [broken] = await tx
    .select()
    .from(breakGlass)
    .where(sql`${breakGlass.id} = ${breakGlassId} and ${breakGlass.projectId} = ${scope.project.id}`)
  demandUnbarred(scope)
  const isOneOfThem = broken?.askedBy === scope.user.id || broken?.answeredBy === scope.user.id
  if (broken?.answer !== 'agreed' || !isOneOfThem || (broken.opensUntil ?? 0) < now()) {
    throw new Problem('forbidden', 'This seal is not broken for you, or not any more.')
  }
  return insert(tx, scope, { caseId: broken.caseId, exposedFor: 'break-glass', breakGlassId })
}

async function insert(
  tx: Database,
  scope: Scope,
  opening: Pick<typeof exposures.$inferInsert, 'caseId' | 'exposedFor' | 'taskId' | 'breakGlassId'>,
): Promise<Openings> {
  const row = { id: newId(), projectId: scope.project.id, userId: scope.user.id, openedAt: now() }
  await tx.insert(exposures).values({ ...row, ...opening })
  return new Recorded([opening.caseId])
}

function demandUnbarred(scope: Scope): void {
  if (!isBarred(scope.roles)) return
  throw new Problem(
    'forbidden',
    'Owners and builders of a project never read its sealed cases. Ask a rater who is neither.',
    { code: 'sealed' },
  )
}

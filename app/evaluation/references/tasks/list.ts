import { and, asc, count, desc, eq, or, type SQL, sql } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { excerptOf } from '#app/evaluation/ratings/history.ts'
import { cases, type Quality, references } from '#db/schema/cases.ts'
import { referenceTasks, type TASK_KINDS } from '#db/schema/references.ts'
import type { Database } from '#db/store.server.ts'
import { free, inHandOf, mayHave } from './open-to.ts'

export type TaskKind = (typeof TASK_KINDS)[number]

export type ListedTask = {
  id: string
  kind: TaskKind
  quality: Quality
  category: string
  userSegment: string
  /** How the case's input begins; null where it is sealed until the task is taken. */
  beginning: string | null
  createdAt: number
  /** Whether the person has it in hand. */
  inHand: boolean
}

export type TaskList = {
  inHand: ListedTask[]
  tasks: ListedTask[]
  total: number
  /** How many there are to take, by kind. */
  counts: Record<TaskKind, number>
}

export const TASKS_PER_PAGE = 25

const LETTERS = 640

const withCase = (db: Database) =>
  db
    .select({
      id: referenceTasks.id,
      kind: referenceTasks.kind,
      quality: referenceTasks.quality,
      category: cases.category,
      userSegment: cases.userSegment,
      sealed: cases.sealed,
      input: sql<string>`substr(${cases.input}, 1, ${sql.raw(String(LETTERS))})`,
      createdAt: referenceTasks.createdAt,
    })
    .from(referenceTasks)
    .innerJoin(cases, eq(cases.id, referenceTasks.caseId))
    .leftJoin(references, eq(references.id, referenceTasks.referenceId))

type Row = Awaited<ReturnType<typeof withCase>>[number]

const listed = ({ sealed, input, ...row }: Row, inHand: boolean): ListedTask => ({
  ...row,
  beginning: sealed ? null : excerptOf(input),
  inHand,
})

/** What the person has in hand, and a page of what they may take: checks first, the longest waiting first. */
export async function listTasks(
  db: Database,
  scope: Scope,
  { kind, page }: { kind: TaskKind | null; page: number },
): Promise<TaskList> {
  demand(scope, 'references.take')
  const mine = await withCase(db)
    .where(and(eq(referenceTasks.projectId, scope.project.id), inHandOf(scope.user.id)))
    .orderBy(desc(referenceTasks.leaseExpiresAt), asc(referenceTasks.id))
  const toTake = and(free(now()), mayHave(scope), sql`not (${inHandOf(scope.user.id)})`) as SQL
  const counted = await db
    .select({ kind: referenceTasks.kind, n: count() })
    .from(referenceTasks)
    .innerJoin(cases, eq(cases.id, referenceTasks.caseId))
    .leftJoin(references, eq(references.id, referenceTasks.referenceId))
    .where(toTake)
    .groupBy(referenceTasks.kind)
  const counts = { write: 0, check: 0 }
  for (const { kind: of, n } of counted) counts[of] = n
  const rows = await withCase(db)
    .where(and(toTake, kind === null ? undefined : eq(referenceTasks.kind, kind)))
    .orderBy(asc(referenceTasks.kind), asc(referenceTasks.createdAt), asc(referenceTasks.id))
    .limit(TASKS_PER_PAGE)
    .offset((page - 1) * TASKS_PER_PAGE)
  return {
    inHand: mine.map((row) => listed(row, true)),
    tasks: rows.map((row) => listed(row, false)),
    total: kind === null ? counts.write + counts.check : counts[kind],
    counts,
  }
}

/** How many tasks a person could take or go on with: the number beside the page's name. */
export async function countTasks(db: Database, scope: Scope): Promise<number> {
  demand(scope, 'references.take')
  const [row] = await db
    .select({ n: count() })
    .from(referenceTasks)
    .innerJoin(cases, eq(cases.id, referenceTasks.caseId))
    .leftJoin(references, eq(references.id, referenceTasks.referenceId))
    .where(or(inHandOf(scope.user.id), and(free(now()), mayHave(scope))))
  return row?.n ?? 0
}

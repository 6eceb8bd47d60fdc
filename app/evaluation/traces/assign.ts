import { and, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { newId } from '#app/ambient.ts'
import { accountOf, demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { pieces } from '#app/evaluation/imports/rows.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { projects } from '#db/schema/people.ts'
import { ASSIGNED_BY, traces } from '#db/schema/traces.ts'
import type { Database, Store } from '#db/store.server.ts'
import { changeable, type TraceFilter, traceConditions } from './matching.ts'

/** What traces are to be of: a name, null for unassigned; what is left out stays as it is. */
export type Assignment = { category?: string | null; userSegment?: string | null }

/** How traces were assigned before, for taking an assignment back. */
export const assignedBefore = z.array(
  z.object({
    id: z.string().max(64),
    category: z.string().max(200).nullable(),
    userSegment: z.string().max(200).nullable(),
    categoryBy: z.enum(ASSIGNED_BY).nullable(),
    userSegmentBy: z.enum(ASSIGNED_BY).nullable(),
  }),
)
export type AssignedBefore = z.output<typeof assignedBefore>

const MOST_BY_HAND = 500

/**
 * Assigns traces by hand; those a case was made of are passed over. Returns how they were before, for `takeBack`.
 *
 * @throws Problem `invalid` for no traces, nothing to assign, or a name that is not the project's
 */
export async function assignTraces(
  store: Store,
  scope: Scope,
  ids: readonly string[],
  assignment: Assignment,
): Promise<AssignedBefore> {
  demand(scope, 'cases.write')
  if (ids.length === 0) throw new Problem('invalid', 'Nothing was assigned: tick the traces first.')
  if (ids.length > MOST_BY_HAND) throw new Problem('invalid', `Tick at most ${MOST_BY_HAND} traces at a time.`)
  return store.write(async (tx) => {
    const values = await valuesOf(tx, scope, assignment)
    const before = await tx
      .select({
        id: traces.id,
        category: traces.category,
        userSegment: traces.userSegment,
        categoryBy: traces.categoryBy,
        userSegmentBy: traces.userSegmentBy,
      })
      .from(traces)
      .where(changeable(scope.project.id, ids))
    if (before.length === 0) return []
    await tx
      .update(traces)
      .set(values)
      .where(
        changeable(
          scope.project.id,
          before.map(({ id }) => id),
        ),
      )
    await record(tx, audited(scope, 'traces.assigned', { traces: before.length, ...assignment }))
    return before
  })
}

/** Assigns every trace that passes the filter by hand, except those a case was made of; returns how many. */
export async function assignMatching(
  store: Store,
  scope: Scope,
  filter: TraceFilter,
  assignment: Assignment,
): Promise<number> {
  demand(scope, 'cases.write')
  return store.write(async (tx) => {
    const values = await valuesOf(tx, scope, assignment)
    const rows = await tx
      .update(traces)
      .set(values)
      .where(and(traceConditions(scope.project.id, filter), inArray(traces.state, ['waiting', 'excluded'])))
      .returning({ id: traces.id })
    if (rows.length > 0) await record(tx, audited(scope, 'traces.assigned', { traces: rows.length, ...assignment }))
    return rows.length
  })
}

/** Puts traces back to what they were, as `assignTraces` told; names the project has no more become unassigned. */
export async function takeBack(store: Store, scope: Scope, before: AssignedBefore): Promise<number> {
  demand(scope, 'cases.write')
  return store.write(async (tx) => {
    const { categories, userSegments } = await listsOf(tx, scope)
    const byValues = new Map<string, { values: Omit<AssignedBefore[number], 'id'>; ids: string[] }>()
    for (const { id, ...was } of before.slice(0, MOST_BY_HAND)) {
      const [category, userSegment] = [known(categories, was.category), known(userSegments, was.userSegment)]
      const values = {
        category,
        userSegment,
        categoryBy: category === null ? null : was.categoryBy,
        userSegmentBy: userSegment === null ? null : was.userSegmentBy,
      }
      const key = JSON.stringify(values)
      byValues.set(key, { values, ids: [...(byValues.get(key)?.ids ?? []), id] })
    }
    let changed = 0
    for (const { values, ids } of byValues.values()) {
      for (const piece of pieces(ids)) {
        const rows = await tx
          .update(traces)
          .set(values)
          .where(changeable(scope.project.id, piece))
          .returning({ id: traces.id })
        changed += rows.length
      }
    }
    if (changed > 0) await record(tx, audited(scope, 'traces.assignment-undone', { traces: changed }))
    return changed
  })
}

/** What the audit log says of many traces at once. */
export const audited = (scope: Scope, action: string, detail: Record<string, unknown>) => ({
  projectId: scope.project.id,
  actor: { id: accountOf(scope), name: scope.user.name },
  action,
  subject: 'traces',
  subjectId: newId(),
  detail,
})

async function valuesOf(tx: Database, scope: Scope, { category, userSegment }: Assignment) {
  const lists = await listsOf(tx, scope)
  const fields: Record<string, string> = {}
  const check = (field: string, list: readonly string[], value: string | null | undefined) => {
    if (typeof value === 'string' && !list.includes(value)) fields[field] = `“${value}” is none of the project’s.`
  }
  check('category', lists.categories, category)
  check('userSegment', lists.userSegments, userSegment)
  if (Object.keys(fields).length > 0) throw new Problem('invalid', 'Nothing was assigned.', { fields })
  if (category === undefined && userSegment === undefined) {
    throw new Problem('invalid', 'Nothing was assigned: choose a category or a user segment.')
  }
  const by = (value: string | null) => (value === null ? null : ('hand' as const))
  return {
    ...(category === undefined ? {} : { category, categoryBy: by(category) }),
    ...(userSegment === undefined ? {} : { userSegment, userSegmentBy: by(userSegment) }),
  }
}

/** The project's categories and user segments. */
export async function listsOf(tx: Database, scope: Scope): Promise<{ categories: string[]; userSegments: string[] }> {
  const [project] = await tx
    .select({ categories: projects.categories, userSegments: projects.userSegments })
    .from(projects)
    .where(eq(projects.id, scope.project.id))
  return project ?? { categories: [], userSegments: [] }
}

const known = (list: readonly string[], name: string | null): string | null =>
  name !== null && list.includes(name) ? name : null

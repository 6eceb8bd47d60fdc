import { setImmediate } from 'node:timers/promises'
import { and, asc, eq, gt, inArray, isNull, or } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { pieces } from '#app/evaluation/imports/rows.ts'
import { type RuleTarget, traces } from '#db/schema/traces.ts'
import type { Database, Store } from '#db/store.server.ts'
import { audited } from '../assign.ts'
import { fits } from './fit.ts'
import type { RuleValues } from './rule.ts'
import { rulesOf } from './stored.ts'

/** What applying the rules would do, or did. */
export type RuleEffect = {
  /** For each rule: how many traces it assigns, having been the first to fit. */
  assigns: number[]
  /** How many traces it changes, and how many then still lack a category or user segment. */
  changed: number
  unassigned: number
  examined: number
}

const CHUNK = 500

/** What the rules would do to the traces as they are; nothing is changed. */
export async function previewRules(store: Store, scope: Scope, given?: readonly RuleValues[]): Promise<RuleEffect> {
  demand(scope, 'cases.write')
  return (await worked(store.read, scope.project.id, given ?? (await rulesOf(store.read, scope.project.id)))).effect
}

/**
 * Assigns by the stored rules: what is unassigned, and anew what rules assigned before, so that the outcome is that of the rules
 * as they are now. What an import or a person assigned stays, and so does what a case was made of.
 */
export async function applyRules(store: Store, scope: Scope): Promise<RuleEffect> {
  demand(scope, 'cases.write')
  const { effect, changes } = await worked(store.read, scope.project.id, await rulesOf(store.read, scope.project.id))
  if (changes.size === 0) return effect
  await store.write(async (tx) => {
    for (const [key, ids] of changes) {
      const { target, value } = JSON.parse(key) as { target: RuleTarget; value: string | null }
      const [by, set] =
        target === 'category'
          ? ([traces.categoryBy, { category: value, categoryBy: value === null ? null : ('rule' as const) }] as const)
          : ([
              traces.userSegmentBy,
              { userSegment: value, userSegmentBy: value === null ? null : ('rule' as const) },
            ] as const)
      for (const piece of pieces(ids)) {
        // Somebody may have assigned it by hand meanwhile.
        const free = and(
          eq(traces.projectId, scope.project.id),
          inArray(traces.id, piece),
          or(isNull(by), eq(by, 'rule')),
        )
        await tx
          .update(traces)
          .set(set)
          .where(and(free, eq(traces.state, 'waiting')))
      }
    }
    await record(tx, audited(scope, 'traces.assigned', { traces: effect.changed, by: 'rules' }))
  })
  return effect
}

async function worked(read: Database, projectId: string, rules: readonly RuleValues[]) {
  const effect: RuleEffect = { assigns: rules.map(() => 0), changed: 0, unassigned: 0, examined: 0 }
  const changes = new Map<string, string[]>()
  for await (const chunk of examined(read, projectId)) {
    const found = fits(rules, chunk)
    for (const [i, trace] of chunk.entries()) {
      const fit = found[i] ?? { category: null, userSegment: null }
      const now = {
        category: decided(trace.category, trace.categoryBy, rules, fit.category, effect),
        userSegment: decided(trace.userSegment, trace.userSegmentBy, rules, fit.userSegment, effect),
      }
      let changed = false
      for (const target of ['category', 'userSegment'] as const) {
        if (now[target] === trace[target]) continue
        changed = true
        const key = JSON.stringify({ target, value: now[target] })
        const ids = changes.get(key)
        if (ids) ids.push(trace.id)
        else changes.set(key, [trace.id])
      }
      effect.examined += 1
      if (changed) effect.changed += 1
      if (now.category === null || now.userSegment === null) effect.unassigned += 1
    }
  }
  return { effect, changes }
}

function decided(
  current: string | null,
  by: string | null,
  rules: readonly RuleValues[],
  fit: number | null,
  effect: RuleEffect,
): string | null {
  if (current !== null && by !== 'rule') return current
  if (fit === null) return null
  effect.assigns[fit] = (effect.assigns[fit] ?? 0) + 1
  return rules[fit]?.value ?? null
}

/** The project's waiting traces that are nobody's duplicate, by and by. */
async function* examined(read: Database, projectId: string) {
  let last = ''
  for (;;) {
    const chunk = await read
      .select({
        id: traces.id,
        key: traces.key,
        input: traces.input,
        response: traces.response,
        systemVersion: traces.systemVersion,
        model: traces.model,
        metadata: traces.metadata,
        signals: traces.signals,
        category: traces.category,
        userSegment: traces.userSegment,
        categoryBy: traces.categoryBy,
        userSegmentBy: traces.userSegmentBy,
      })
      .from(traces)
      .where(
        and(
          eq(traces.projectId, projectId),
          eq(traces.state, 'waiting'),
          isNull(traces.duplicateOfId),
          gt(traces.id, last),
        ),
      )
      .orderBy(asc(traces.id))
      .limit(CHUNK)
    if (chunk.length > 0) yield chunk
    if (chunk.length < CHUNK) return
    last = chunk.at(-1)?.id ?? ''
    await setImmediate()
  }
}

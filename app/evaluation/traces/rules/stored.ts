import { asc, eq } from 'drizzle-orm'
import { newId, now } from '#app/ambient.ts'
import { accountOf, demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { traceRules } from '#db/schema/traces.ts'
import type { Database, Store } from '#db/store.server.ts'
import { listsOf } from '../assign.ts'
import { fits } from './fit.ts'
import { isRuleField, type RuleValues } from './rule.ts'

const MOST_RULES = 200
const LONGEST_PATTERN = 1_000

/** The project's rules in their order. */
export async function readRules({ read }: Pick<Store, 'read'>, scope: Scope): Promise<RuleValues[]> {
  demand(scope, 'cases.read')
  return rulesOf(read, scope.project.id)
}

/** The rules of a project in their order, for those who asked for permission already. */
export async function rulesOf(read: Database, projectId: string): Promise<RuleValues[]> {
  return read
    .select({
      target: traceRules.target,
      value: traceRules.value,
      field: traceRules.field,
      test: traceRules.test,
      pattern: traceRules.pattern,
    })
    .from(traceRules)
    .where(eq(traceRules.projectId, projectId))
    .orderBy(asc(traceRules.position))
}

/**
 * Puts a list of rules in place of the one there is. Nothing is assigned by that.
 *
 * @throws Problem `invalid` with what is wrong by rule and field (`0.pattern`)
 */
export async function saveRules(store: Store, scope: Scope, rules: readonly RuleValues[]): Promise<void> {
  demand(scope, 'cases.write')
  if (rules.length > MOST_RULES) throw new Problem('invalid', `At most ${MOST_RULES} rules.`)
  await store.write(async (tx) => {
    const lists = await listsOf(tx, scope)
    const fields = Object.assign({}, ...rules.map((rule, i) => faultsOf(rule, i, lists))) as Record<string, string>
    if (Object.keys(fields).length > 0) {
      throw new Problem('invalid', 'The rules were not saved. Mend what is marked below.', { fields })
    }
    fits(rules, [])
    await tx.delete(traceRules).where(eq(traceRules.projectId, scope.project.id))
    const at = now()
    const rows = rules.map((rule, position) => ({
      id: newId(),
      projectId: scope.project.id,
      position,
      ...rule,
      createdBy: accountOf(scope),
      createdAt: at,
    }))
    if (rows.length > 0) await tx.insert(traceRules).values(rows)
    await record(tx, {
      projectId: scope.project.id,
      actor: { id: accountOf(scope), name: scope.user.name },
      action: 'trace-rules.changed',
      subject: 'project',
      subjectId: scope.project.id,
      detail: { rules: rules.length },
    })
  })
}

function faultsOf(rule: RuleValues, i: number, lists: { categories: string[]; userSegments: string[] }) {
  const names = rule.target === 'category' ? lists.categories : lists.userSegments
  const faults: Record<string, string> = {}
  if (!names.includes(rule.value)) faults[`${i}.value`] = 'Choose one of the project’s.'
  if (!isRuleField(rule.field))
    faults[`${i}.field`] = 'Use input, response, model, system_version, key, metadata.NAME or signals.NAME.'
  if (rule.pattern.trim() === '') faults[`${i}.pattern`] = 'Enter what to look for.'
  if (rule.pattern.length > LONGEST_PATTERN) faults[`${i}.pattern`] = `Use at most ${LONGEST_PATTERN} characters.`
  return faults
}

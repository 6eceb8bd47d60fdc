import { and, count, eq, inArray } from 'drizzle-orm'
import { sha256 } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { cases } from '#db/schema/cases.ts'
import { projects } from '#db/schema/people.ts'
import { traceRules, traces } from '#db/schema/traces.ts'
import type { Database, Store } from '#db/store.server.ts'
import { record } from '../audit/record.ts'
import { Problem } from '../problem.ts'
import type { ProjectValues } from './project-values.ts'

type Changeable = Omit<ProjectValues, 'slug'>

/** A project's settings, and the version of them that a change has to name: it fails where another came before it. */
export type ProjectSettings = Changeable & { version: string }

const versionOf = ({ name, description, categories, userSegments }: Changeable): string =>
  sha256(JSON.stringify([name, description, categories, userSegments])).slice(0, 16)

async function settingsIn(database: Database, scope: Scope): Promise<ProjectSettings> {
  const [row] = await database.select().from(projects).where(eq(projects.id, scope.project.id)).limit(1)
  if (!row) throw new Problem('missing', 'This project is not here any more.')
  const { name, description, categories, userSegments } = row
  return { name, description, categories, userSegments, version: versionOf(row) }
}

export async function readProject(store: Store, scope: Scope): Promise<ProjectSettings> {
  demand(scope, 'project.write')
  return settingsIn(store.read, scope)
}

const COLUMNS = {
  categories: { of: cases.category, traced: traces.category, target: 'category' },
  userSegments: { of: cases.userSegment, traced: traces.userSegment, target: 'userSegment' },
} as const

/** Says which of the removed entries cases, traces or rules for traces still have, or null. */
async function stillUsed(
  tx: Database,
  scope: Scope,
  list: keyof typeof COLUMNS,
  removed: readonly string[],
): Promise<string | null> {
  if (removed.length === 0) return null
  const { of, traced, target } = COLUMNS[list]
  const here = scope.project.id
  const used = [
    ...(await tx
      .select({ entry: of, n: count() })
      .from(cases)
      .where(and(eq(cases.projectId, here), inArray(of, [...removed])))
      .groupBy(of)
      .then((rows) => rows.map((row) => ({ ...row, one: 'case', many: 'cases' })))),
    ...(await tx
      .select({ entry: traced, n: count() })
      .from(traces)
      .where(and(eq(traces.projectId, here), inArray(traced, [...removed])))
      .groupBy(traced)
      .then((rows) => rows.map((row) => ({ ...row, one: 'trace', many: 'traces' })))),
    ...(await tx
      .select({ entry: traceRules.value, n: count() })
      .from(traceRules)
      .where(
        and(eq(traceRules.projectId, here), eq(traceRules.target, target), inArray(traceRules.value, [...removed])),
      )
      .groupBy(traceRules.value)
      .then((rows) => rows.map((row) => ({ ...row, one: 'rule', many: 'rules' })))),
  ]
  if (used.length === 0) return null
  const told = used.map(({ entry, n, one, many }) => `"${entry}" (${n} ${n === 1 ? one : many})`).join(', ')
  const cased = used.some(({ one }) => one === 'case')
  const what = cased ? 'a case keeps the word it came with' : 'or assign those traces and rules anew first'
  return `Still in use: ${told}. Put it back, spelled as before; ${what}.`
}

/** Which of the settings differ, with both values. */
const changesBetween = (before: Changeable, after: Changeable): Record<string, { from: unknown; to: unknown }> =>
  Object.fromEntries(
    (['name', 'description', 'categories', 'userSegments'] as const)
      .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
      .map((key) => [key, { from: before[key], to: after[key] }]),
  )

/**
 * Changes a project's settings. `version` is the one that was shown to the person: a `conflict` Problem where somebody
 * else has changed them since. A category or user segment that cases, traces or rules carry cannot be taken
 * away.
 */
export async function changeProject(
  store: Store,
  scope: Scope,
  { version, ...values }: Changeable & { version: string },
): Promise<void> {
  demand(scope, 'project.write')
  await store.write(async (tx) => {
    const before = await settingsIn(tx, scope)
    if (before.version !== version) {
      throw new Problem(
        'conflict',
        'Somebody else changed these settings after you opened the page. Nothing was saved. Load the page again in another tab, compare, and enter your change there.',
        { code: 'stale' },
      )
    }
    const gone = (from: readonly string[], to: readonly string[]) => from.filter((entry) => !to.includes(entry))
    const fields: Record<string, string> = {}
    const categories = await stillUsed(tx, scope, 'categories', gone(before.categories, values.categories))
    if (categories) fields.categories = categories
    const segments = await stillUsed(tx, scope, 'userSegments', gone(before.userSegments, values.userSegments))
    if (segments) fields.userSegments = segments
    if (Object.keys(fields).length > 0) {
      throw new Problem('invalid', 'The settings were not saved. Mend what is marked below.', { fields })
    }
    const changes = changesBetween(before, values)
    if (Object.keys(changes).length === 0) return
    await tx.update(projects).set(values).where(eq(projects.id, scope.project.id))
    await record(tx, {
      projectId: scope.project.id,
      actor: scope.user,
      action: 'project.changed',
      subject: 'project',
      subjectId: scope.project.id,
      detail: changes,
    })
  })
}

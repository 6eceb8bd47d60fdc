/** A database with one large round, made quickly. */
import Sqlite from 'better-sqlite3'
import type { Scope } from '#app/auth/permissions.ts'
import { migrate } from '#db/migrate.server.ts'
import {
  type AddedRubric,
  addPerson,
  addProject,
  addRound,
  addRubric,
  addSystemVersion,
  type Project,
  scopeOf,
} from '#db/seed/rows.ts'
import { openSqlite } from '#db/sqlite.server.ts'

export type Filled = { url: string; project: Project; rubric: AddedRubric; round: string; raters: Scope[] }

const KEYS = ['accuracy', 'groundedness', 'completeness', 'conciseness', 'uncertainty']

const ANSWER = 'Emergency care abroad is covered on the same terms as at home. '.repeat(12)

/** A new SQLite file at `path` with an open round of `items` items, overlap 3, five dimensions of four levels. */
export async function fillRound(path: string, items: number, raters: number): Promise<Filled> {
  const url = `file:${path}`
  await migrate(url)
  const store = openSqlite(url)
  const filled = await store.write(async (tx) => {
    const project = await addProject(tx, { slug: 'bench' })
    const rubric = await addRubric(tx, project, { keys: KEYS })
    const system = await addSystemVersion(tx, project, 'bench')
    const scopes: Scope[] = []
    for (let i = 0; i < raters; i++) scopes.push(scopeOf(await addPerson(tx, project, ['rater']), project, ['rater']))
    const ids = scopes.map((scope) => scope.user.id)
    const round = await addRound(tx, project, rubric.versionId, ids, [])
    return { url, project, rubric, round: round.id, raters: scopes, system: system.id }
  })
  await store.close()
  addItems(path, filled.project.id, filled.system, filled.round, items)
  return filled
}

// Row by row through the builder, a million items would take minutes; what is measured comes after.
function addItems(path: string, project: string, system: string, round: string, count: number): void {
  const file = new Sqlite(path)
  const numbers = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})`
  const values = { project, system, round, answer: ANSWER, at: Date.now() }
  file.pragma('synchronous = off')
  file.exec('begin')
  file
    .prepare(
      `insert into cases (id, project_id, key, input, category, user_segment, metadata, content_hash, search_text, created_at)
       ${numbers} select printf('c%08d', i), @project, printf('case-%08d', i), printf('Is item %d of the list covered?', i),
       'reasoning', 'novice', '{}', printf('i%08d', i), printf('case-%08d', i), @at from n`,
    )
    .run(values)
  file
    .prepare(
      `insert into responses (id, project_id, case_id, system_version_id, text, metadata, content_hash, created_at)
       ${numbers} select printf('r%08d', i), @project, printf('c%08d', i), @system, printf('%d. ', i) || @answer, '{}',
       printf('r%08d', i), @at from n`,
    )
    .run(values)
  file
    .prepare(
      `insert into items (id, round_id, response_id, case_id, reason, selection_probability, needed, position)
       ${numbers} select printf('t%08d', i), @round, printf('r%08d', i), printf('c%08d', i), 'audit', 1, 3,
       abs(random()) % 2147483647 from n`,
    )
    .run(values)
  file.exec('commit')
  file.pragma('wal_checkpoint(truncate)')
  file.close()
}

import { and, desc, eq, inArray, ne } from 'drizzle-orm'
import { can, demand, type Scope } from '#app/auth/permissions.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { users } from '#db/schema/people.ts'
import { rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import { auditEntries } from '#db/schema/work.ts'
import type { Store } from '#db/store.server.ts'
import { type RubricVersion, seesDrafts } from './read.ts'
import { type RoundOfVersion, roundsByVersion } from './rounds.ts'
import { changesSinceBase, type VersionSinceBase } from './versions.ts'

export type ChangelogEntry = Pick<
  RubricVersion,
  'id' | 'number' | 'state' | 'changeNote' | 'createdAt' | 'publishedAt' | 'retiredAt'
> & {
  /** Null: the command line, or an import. */
  draftedBy: string | null
  publishedBy: string | null
  since: VersionSinceBase | null
  /** Null for those who may not see rounds. */
  rounds: RoundOfVersion[] | null
}

export type Changelog = { rubric: { id: string; key: string; name: string }; versions: ChangelogEntry[] }

/**
 * A rubric's whole life, the newest version first: who, when, why, what changed, and which rounds used it.
 *
 * @throws Problem `missing` for a key that is not of this project
 */
export async function readChangelog(store: Pick<Store, 'read'>, scope: Scope, key: string): Promise<Changelog> {
  demand(scope, 'rubrics.read')
  const rows = await store.read
    .select({
      rubric: { id: rubrics.id, key: rubrics.key, name: rubrics.name },
      version: rubricVersions,
      draftedBy: users.name,
    })
    .from(rubrics)
    .innerJoin(rubricVersions, eq(rubricVersions.rubricId, rubrics.id))
    .leftJoin(users, eq(users.id, rubricVersions.createdBy))
    .where(
      and(
        eq(rubrics.projectId, scope.project.id),
        eq(rubrics.key, key),
        seesDrafts(scope) ? undefined : ne(rubricVersions.state, 'draft'),
      ),
    )
    .orderBy(desc(rubricVersions.number))
  const [first] = rows
  if (!first) throw new Problem('missing', 'This rubric is not here.')
  const ids = rows.map(({ version }) => version.id)
  const since = await changesSinceBase(store, scope, ids)
  const publishers = await publishersOf(store, ids)
  const rounds = can(scope.roles, 'rounds.read') ? await roundsByVersion(store, scope, ids) : null
  return {
    rubric: first.rubric,
    versions: rows.map(({ version, draftedBy }) => ({
      id: version.id,
      number: version.number,
      state: version.state,
      changeNote: version.changeNote,
      createdAt: version.createdAt,
      publishedAt: version.publishedAt,
      retiredAt: version.retiredAt,
      draftedBy,
      publishedBy: publishers.get(version.id) ?? null,
      since: since.get(version.id) ?? null,
      rounds: rounds ? (rounds.get(version.id) ?? []) : null,
    })),
  }
}

/** Who published which version, as the audit log knows it. */
async function publishersOf({ read }: Pick<Store, 'read'>, versionIds: string[]): Promise<Map<string, string>> {
  const entries = await read
    .select({ versionId: auditEntries.subjectId, name: auditEntries.actorName })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.subject, 'rubric version'),
        inArray(auditEntries.subjectId, versionIds),
        eq(auditEntries.action, 'rubric.version-published'),
      ),
    )
  return new Map(entries.map(({ versionId, name }) => [versionId, name]))
}

import { and, desc, eq, ne } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { rubricVersions } from '#db/schema/rubrics.ts'
import type { Database } from '#db/store.server.ts'
import { checkContent, draftHashOf } from './content.ts'
import { dimensionsOf } from './read.ts'
import { versionEvent } from './recorded.ts'
import { versionRow } from './rows.ts'
import { checkStorable } from './storable.ts'

const LONGEST_NOTE = 5_000

export type Publishing = {
  /** What this version changes, and why; the draft's own note where left out. */
  changeNote?: string
  /** `draftHashOf` the draft that was looked at. */
  seen?: string
}

/**
 * Makes a draft final: from now on ratings can be made under it, and nobody can change it. Runs inside the caller's
 * transaction.
 *
 * @throws Problem `missing` for a version that is not of this project; `invalid` without a change note (field `changeNote`)
 * or with content that has gaps; `conflict` when it is a draft no more, says the same as the version before it, or (code
 * `stale`) was changed after it was looked at
 */
export async function publishVersion(
  tx: Database,
  scope: Scope,
  versionId: string,
  { changeNote, seen }: Publishing = {},
): Promise<void> {
  demand(scope, 'rubrics.write')
  const version = await versionRow(tx, scope, versionId)
  if (version.state !== 'draft') throw new Problem('conflict', `Version ${version.number} is ${version.state} already.`)
  if (seen !== undefined && seen !== draftHashOf(version.contentHash, version.changeNote)) throw changedMeanwhile()
  const note = checkedNote(changeNote ?? version.changeNote)
  checkContent({ dimensions: await dimensionsOf(tx, versionId) })
  await demandNews(tx, version)
  const [published] = await tx
    .update(rubricVersions)
    .set({ state: 'published', changeNote: note, publishedAt: now() })
    .where(
      and(
        eq(rubricVersions.id, versionId),
        eq(rubricVersions.state, 'draft'),
        eq(rubricVersions.contentHash, version.contentHash),
      ),
    )
    .returning({ id: rubricVersions.id })
  if (!published) throw changedMeanwhile()
  const detail = { name: version.rubric.name, version: version.number, contentHash: version.contentHash }
  await record(tx, versionEvent(scope, 'rubric.version-published', versionId, detail))
}

function checkedNote(entered: string): string {
  const note = entered.replaceAll('\r\n', '\n').trim()
  const wrong = (reason: string) =>
    new Problem('invalid', 'The version was not published.', { fields: { changeNote: reason } })
  if (note === '')
    throw wrong('Write what this version changes, and why: raters’ figures will be read by it for years.')
  if (note.length > LONGEST_NOTE) throw wrong(`Shorten the note to ${LONGEST_NOTE.toLocaleString('en')} characters.`)
  checkStorable({ changeNote: note })
  return note
}

/** A version that says what the one before it says would only part its ratings from theirs. */
async function demandNews(tx: Database, version: { id: string; rubricId: string; contentHash: string }): Promise<void> {
  const [last] = await tx
    .select({ number: rubricVersions.number, contentHash: rubricVersions.contentHash })
    .from(rubricVersions)
    .where(and(eq(rubricVersions.rubricId, version.rubricId), ne(rubricVersions.id, version.id)))
    .orderBy(desc(rubricVersions.number))
    .limit(1)
  if (last?.contentHash !== version.contentHash) return
  throw new Problem('conflict', `This says the same as version ${last.number}. There is nothing new to publish.`)
}

const changedMeanwhile = () =>
  new Problem(
    'conflict',
    'Somebody changed this draft after you opened this page, so it was not published. What it says now is below: look again.',
    { code: 'stale' },
  )

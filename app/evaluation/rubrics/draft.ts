import { and, desc, eq } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { isUniqueViolation } from '#db/errors.ts'
import { rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Database } from '#db/store.server.ts'
import { checkContent, contentHashOf, draftHashOf, type RubricContent } from './content.ts'
import { dimensionsOf } from './read.ts'
import { versionEvent } from './recorded.ts'
import { insertContent, insertDraft, removeContent, type StoredVersion, versionRow } from './rows.ts'
import { checkStorable } from './storable.ts'
import { draftExists, type MadeVersion } from './write.ts'

/**
 * Starts the rubric's next version as a draft that says what the given version says, whether that is the newest or not.
 * `content` and `changeNote` take the place of what the base says. Runs inside the caller's transaction.
 *
 * @throws Problem `missing` for a version that is not of this project; `conflict` for one that is a draft itself, and
 * (code `draft-exists`) where the rubric has a draft: there is one at a time
 */
export async function startDraft(
  tx: Database,
  scope: Scope,
  baseId: string,
  over: { content?: RubricContent; changeNote?: string } = {},
): Promise<MadeVersion> {
  demand(scope, 'rubrics.write')
  const base = await versionRow(tx, scope, baseId)
  const [last] = await tx
    .select({ number: rubricVersions.number, state: rubricVersions.state })
    .from(rubricVersions)
    .where(eq(rubricVersions.rubricId, base.rubricId))
    .orderBy(desc(rubricVersions.number))
    .limit(1)
  if (!last || last.state === 'draft') throw draftExists(last ?? base)
  const content = over.content ?? { dimensions: await dimensionsOf(tx, baseId) }
  checkContent(content, { gaps: true })
  checkStorable({ changeNote: over.changeNote ?? '' })
  const place = { rubricId: base.rubricId, number: last.number + 1, basedOnId: baseId }
  let versionId: string
  try {
    versionId = await insertDraft(tx, scope, place, { ...content, changeNote: over.changeNote ?? '' })
  } catch (error) {
    if (isUniqueViolation(error)) throw draftExists(place)
    throw error
  }
  const detail = { name: base.rubric.name, version: place.number, basedOn: base.number }
  await record(tx, versionEvent(scope, 'rubric.version-created', versionId, detail))
  return { rubricId: base.rubricId, versionId, number: place.number }
}

export type DraftChange = {
  content: RubricContent
  /** The change note so far; what is stored stays where left out. */
  changeNote?: string
  /** `draftHashOf` the draft that the change was made to. */
  seen: string
}

/**
 * Stores a draft's content. It may have gaps (names and anchors that are not written yet). Runs inside the caller's
 * transaction.
 *
 * @throws Problem `invalid` with what is wrong by place, `missing`; `conflict` for a version that is no draft any more, and
 * (code `stale`) where somebody changed the draft after it was read: nothing is stored then
 */
export async function saveDraft(
  tx: Database,
  scope: Scope,
  versionId: string,
  { content, changeNote, seen }: DraftChange,
): Promise<{ changed: boolean }> {
  demand(scope, 'rubrics.write')
  checkContent(content, { gaps: true })
  const stored = await draftRow(tx, scope, versionId)
  const note = changeNote ?? stored.changeNote
  checkStorable({ changeNote: note })
  const contentHash = contentHashOf(content)
  const same = stored.contentHash === contentHash
  // Another's change that comes to the same is no reason to refuse.
  if (same && stored.changeNote === note) return { changed: false }
  if (hashOf(stored) !== seen) throw stale()
  const [kept] = await tx
    .update(rubricVersions)
    .set({ contentHash, changeNote: note })
    .where(isStill(stored))
    .returning({ id: rubricVersions.id })
  if (!kept) throw stale()
  if (!same) {
    await removeContent(tx, versionId)
    await insertContent(tx, versionId, content)
  }
  const detail = { name: stored.rubric.name, version: stored.number, contentHash }
  await record(tx, versionEvent(scope, 'rubric.draft-saved', versionId, detail))
  return { changed: true }
}

/**
 * Discards a draft, and with its only version the rubric. What was published is never discarded. Runs inside the caller's
 * transaction.
 *
 * @throws Problem as `saveDraft`
 */
export async function discardDraft(
  tx: Database,
  scope: Scope,
  versionId: string,
  seen?: string,
): Promise<{ rubricGone: boolean }> {
  demand(scope, 'rubrics.write')
  const stored = await draftRow(tx, scope, versionId)
  if (seen !== undefined && hashOf(stored) !== seen) throw stale()
  await removeContent(tx, versionId)
  const [gone] = await tx.delete(rubricVersions).where(isStill(stored)).returning({ id: rubricVersions.id })
  if (!gone) throw stale()
  const [left] = await tx
    .select({ id: rubricVersions.id })
    .from(rubricVersions)
    .where(eq(rubricVersions.rubricId, stored.rubricId))
    .limit(1)
  if (!left) await tx.delete(rubrics).where(eq(rubrics.id, stored.rubricId))
  const detail = { name: stored.rubric.name, version: stored.number, contentHash: stored.contentHash }
  await record(tx, versionEvent(scope, 'rubric.draft-discarded', versionId, detail))
  return { rubricGone: !left }
}

async function draftRow(tx: Database, scope: Scope, versionId: string): Promise<StoredVersion> {
  const stored = await versionRow(tx, scope, versionId)
  if (stored.state === 'draft') return stored
  throw new Problem(
    'conflict',
    `Version ${stored.number} was published, and what is published never changes. Start a new draft from it.`,
    { code: 'published' },
  )
}

const hashOf = ({ contentHash, changeNote }: StoredVersion): string => draftHashOf(contentHash, changeNote)

/** The draft as it was read: a change in between, in another process too, leaves nothing to be found. */
const isStill = ({ id, contentHash, changeNote }: StoredVersion) =>
  and(
    eq(rubricVersions.id, id),
    eq(rubricVersions.state, 'draft'),
    eq(rubricVersions.contentHash, contentHash),
    eq(rubricVersions.changeNote, changeNote),
  )

const stale = () =>
  new Problem(
    'conflict',
    'Somebody changed this draft since you opened it. Nothing was stored; what you entered is below. Look at what differs, then decide.',
    { code: 'stale' },
  )

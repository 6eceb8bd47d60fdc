import { eq } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { assignments } from '#db/schema/rounds.ts'
import type { Database, Store } from '#db/store.server.ts'
import { record } from '../audit/record.ts'
import { Problem } from '../problem.ts'
import { admit, demandSubmittable } from '../queue/admission.ts'
import { rubricOf } from '../queue/rubric.ts'
import { referencesOf } from '../queue/show.ts'
import type { ShownReference } from '../queue/shown.ts'
import { recordAssignments } from '../seal/open.ts'
import { readOpened } from '../seal/opened.ts'
import { isScored } from './check.ts'
import type { Content } from './content.ts'
import { type OwnAssignment, ownAssignment } from './own-assignment.ts'
import { keepDraft } from './stored.ts'
import { demandComplete } from './submit.ts'

/**
 * Shows the references of an item in a round that shows them after scoring, once every dimension is scored; what was
 * entered until then is kept for ever, so that a change of mind can be seen. Asking again shows them again. `asksClosest`:
 * the rating has to say which one is closest. Throws `invalid` (`incomplete`), `conflict` (`no-references`,
 * `already-submitted`), `gone`.
 */
export async function revealReferences(
  store: Store,
  scope: Scope,
  roundId: string,
  { assignment, content }: { assignment: string; content: Content },
): Promise<{ references: ShownReference[]; asksClosest: boolean }> {
  return store.write(async (tx) => {
    const { raterId, round } = await admit(tx, scope, roundId)
    const own = await ownAssignment(tx, raterId, roundId, assignment)
    if (own.state === 'submitted') {
      throw new Problem('conflict', 'This item is submitted already. Its references are in your history.', {
        code: 'already-submitted',
      })
    }
    const none = round.referencesShown === 'never' || own.referenceId !== null
    const references = none ? [] : await referencesOfOwn(tx, scope, own)
    if (references.length === 0) {
      throw new Problem('conflict', 'There are no references to show for this item.', { code: 'no-references' })
    }
    const asksClosest = new Set(references.map(({ quality }) => quality)).size === 2
    if (round.referencesShown === 'always' || own.referencesSeenAt !== null) return { references, asksClosest }
    demandSubmittable(round)
    const { dimensions } = await rubricOf(tx, round.rubricVersionId)
    const unscored = dimensions.filter(({ id }) => !isScored(content.scores[id]))
    demandComplete(
      Object.fromEntries(unscored.map(({ id, name }) => [id, `Score ${name} before you see the references.`])),
    )
    await tx
      .update(assignments)
      .set({
        referencesSeenAt: now(),
        scoresBeforeReferences: Object.fromEntries(dimensions.map(({ id }) => [id, content.scores[id]?.level ?? null])),
      })
      .where(eq(assignments.id, own.id))
    await keepDraft(tx, own, content)
    await record(tx, {
      projectId: scope.project.id,
      actor: scope.user,
      action: 'references.seen',
      subject: 'assignment',
      subjectId: own.id,
      detail: { round: round.id, item: own.itemId },
    })
    return { references, asksClosest }
  })
}

async function referencesOfOwn(
  tx: Database,
  scope: Scope,
  { id, caseId, sealed }: OwnAssignment,
): Promise<ShownReference[]> {
  const openings = await recordAssignments(tx, scope, 'rating', sealed ? [id] : [])
  const opened = await readOpened(tx, openings, { caseIds: sealed ? [caseId] : [], withReferences: true })
  return (await referencesOf(tx, [caseId], opened)).get(caseId) ?? []
}

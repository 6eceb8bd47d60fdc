import { newId, now } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { type FLAG_KINDS, flags } from '#db/schema/ratings.ts'
import type { Store } from '#db/store.server.ts'
import { record } from '../audit/record.ts'
import { admit } from '../queue/admission.ts'
import { sealText } from '../seal/write.ts'
import { ownAssignment } from './own-assignment.ts'

export type FlagKind = (typeof FLAG_KINDS)[number]

/** Tells the leads that something is wrong with an item one was given: it can still be rated or skipped. */
export async function flagItem(
  store: Store,
  scope: Scope,
  roundId: string,
  { assignment, kind, note }: { assignment: string; kind: FlagKind; note: string },
): Promise<{ flaggedAt: number }> {
  return store.write(async (tx) => {
    const { raterId } = await admit(tx, scope, roundId)
    const own = await ownAssignment(tx, raterId, roundId, assignment)
    const createdAt = now()
    const id = newId()
    const said = note.trim()
    await tx.insert(flags).values({ id, itemId: own.itemId, raterId, kind, note: own.sealed ? '' : said, createdAt })
    if (own.sealed) await sealText(tx, { kind: 'flag', id, caseId: own.caseId, value: { note: said } })
    await record(tx, {
      projectId: scope.project.id,
      actor: scope.user,
      action: 'item.flagged',
      subject: 'item',
      subjectId: own.itemId,
      detail: { round: roundId, kind },
    })
    return { flaggedAt: createdAt }
  })
}

import { and, eq } from 'drizzle-orm'
import { newId, now } from '#app/ambient.ts'
import { accountOf, demand, type Scope } from '#app/auth/permissions.ts'
import { cases, responses, systemVersions } from '#db/schema/cases.ts'
import { anchors } from '#db/schema/rounds.ts'
import type { Database, Store } from '#db/store.server.ts'
import { record } from '../audit/record.ts'
import { Problem } from '../problem.ts'

/**
 * Makes a response an anchor, chosen by hand; one that was retired is brought back as it was. Doing it twice changes
 * nothing. Throws `missing` for a response that is not of the project, `conflict` for one of an archived or a sealed case.
 */
export async function pickAnchor(store: Store, scope: Scope, responseId: string): Promise<void> {
  demand(scope, 'anchors.write')
  await store.write(async (tx) => {
    const response = await ownResponse(tx, scope, responseId)
    if (response.archivedAt !== null) {
      throw new Problem('conflict', 'The case of this response is archived. Restore it first: rounds leave it out.')
    }
    if (response.sealed) {
      throw new Problem(
        'conflict',
        'The case of this response is sealed. An anchor is shown again and again: pick another.',
      )
    }
    const [known] = await tx
      .select({ id: anchors.id, retiredAt: anchors.retiredAt })
      .from(anchors)
      .where(and(eq(anchors.projectId, scope.project.id), eq(anchors.responseId, responseId)))
    if (known && known.retiredAt === null) return
    if (known) await tx.update(anchors).set({ retiredAt: null }).where(eq(anchors.id, known.id))
    else {
      await tx.insert(anchors).values({
        id: newId(),
        projectId: scope.project.id,
        responseId,
        drawn: 'picked',
        selectionProbability: 1,
        addedBy: accountOf(scope),
        addedAt: now(),
      })
    }
    await note(tx, scope, known ? 'anchor.restored' : 'anchor.picked', response)
  })
}

/** Mixes an anchor into no further round; rounds under way keep it. Doing it twice changes nothing. */
export const retireAnchor = (store: Store, scope: Scope, id: string): Promise<void> =>
  setRetired(store, scope, id, true)

/** Brings a retired anchor back. Doing it twice changes nothing. */
export const restoreAnchor = (store: Store, scope: Scope, id: string): Promise<void> =>
  setRetired(store, scope, id, false)

async function setRetired(store: Store, scope: Scope, id: string, retired: boolean): Promise<void> {
  demand(scope, 'anchors.write')
  await store.write(async (tx) => {
    const [anchor] = await tx
      .select({ responseId: anchors.responseId, retiredAt: anchors.retiredAt })
      .from(anchors)
      .where(and(eq(anchors.id, id), eq(anchors.projectId, scope.project.id)))
    if (!anchor) throw new Problem('missing', 'There is no such anchor in this project.')
    if ((anchor.retiredAt !== null) === retired) return
    await tx
      .update(anchors)
      .set({ retiredAt: retired ? now() : null })
      .where(eq(anchors.id, id))
    const response = await ownResponse(tx, scope, anchor.responseId)
    await note(tx, scope, retired ? 'anchor.retired' : 'anchor.restored', response)
  })
}

type Response = { caseId: string; key: string; system: string; archivedAt: number | null; sealed: boolean }

async function ownResponse(tx: Database, scope: Scope, responseId: string): Promise<Response> {
  const [response] = await tx
    .select({
      caseId: cases.id,
      key: cases.key,
      archivedAt: cases.archivedAt,
      sealed: cases.sealed,
      system: systemVersions.name,
    })
    .from(responses)
    .innerJoin(cases, eq(cases.id, responses.caseId))
    .innerJoin(systemVersions, eq(systemVersions.id, responses.systemVersionId))
    .where(and(eq(responses.id, responseId), eq(responses.projectId, scope.project.id)))
  if (!response) throw new Problem('missing', 'There is no such response in this project.')
  return response
}

/** The entry is one of the case, so that the case's history tells it too. */
const note = (tx: Database, scope: Scope, action: string, { caseId, key, system }: Response): Promise<void> =>
  record(tx, {
    projectId: scope.project.id,
    actor: scope.user,
    action,
    subject: 'case',
    subjectId: caseId,
    detail: { name: key, system },
  })

import { newId, now, randomInt } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { assignments, items, roundRaters, rounds } from '#db/schema/rounds.ts'
import type { Database, Store } from '#db/store.server.ts'
import { record } from '../audit/record.ts'
import { demandNoFaults } from '../rounds/values.ts'
import { sampleOf, shuffled } from '../sample.ts'
import { allot, olderFirst, seedsFor } from './allot.ts'
import { type BridgePlan, planBridge } from './plan.ts'
import type { BridgeValues } from './values.ts'

/** Rows of one insert: a statement has room for so many values. */
const AT_ONCE = 500

export type MadeBridge = {
  /** The round under the older version; null: ratings given before count as its half. */
  from: string | null
  to: string
  items: number
}

type Half = 'from' | 'to'
type Chosen = { responseId: string; caseId: string; raterIds: string[] }

/**
 * Makes a bridge as one round or two, drafts that `openRound` opens together. Each response drawn is kept, in both rounds,
 * for the same `overlap` raters; half of the raters find the older version first in their queue, the others the newer one
 * (counterbalanced). The rounds are twins by being made in the same moment: see `twinOf`. Throws `invalid` by field.
 */
export async function createBridge(store: Store, scope: Scope, values: BridgeValues): Promise<MadeBridge> {
  demand(scope, 'rounds.write')
  const { faults, candidates, versions } = await planBridge(store.read, scope, values)
  demandNoFaults(faults)
  demandNoFaults(
    candidates.length === 0 ? { items: 'No response can be drawn. Choose an earlier day or other raters.' } : {},
  )
  const drawn = sampleOf(candidates, values.items)
  const raters = allot(
    drawn.map(({ raterIds }) => raterIds),
    values.overlap,
  )
  const chosen = drawn.map(({ responseId, caseId }, i) => ({ responseId, caseId, raterIds: raters[i] ?? [] }))
  const ids = { from: values.rated === 'both' ? newId() : null, to: newId() }
  const probability = drawn.length / candidates.length
  const raterIds = [...new Set(values.raterIds)]
  const older = olderFirst(raterIds)
  const seeds = new Map(raterIds.map((id) => [id, seedsFor(older.has(id))]))
  const createdAt = now()
  await store.write(async (tx) => {
    for (const half of ['from', 'to'] as const) {
      const id = ids[half]
      if (id === null) continue
      await insertRound(tx, scope, values, { id, half, createdAt })
      const own = [...seeds].map(([raterId, seed]) => ({ roundId: id, raterId, seed: seed[half], addedAt: createdAt }))
      await tx.insert(roundRaters).values(own)
      await insertItems(tx, id, chosen, probability, createdAt)
    }
    await record(tx, ...eventsOf(scope, values, ids, chosen.length, versions))
  })
  return { ...ids, items: chosen.length }
}

async function insertRound(
  tx: Database,
  scope: Scope,
  values: BridgeValues,
  { id, half, createdAt }: { id: string; half: Half; createdAt: number },
): Promise<void> {
  await tx.insert(rounds).values({
    id,
    projectId: scope.project.id,
    name: values.names[half].trim(),
    rubricVersionId: half === 'from' ? values.fromId : values.toId,
    state: 'draft',
    overlap: values.overlap,
    referencesShown: values.referencesShown,
    instructions: values.instructions.trim(),
    secondsPerItem: values.secondsPerItem,
    startsAt: values.startsAt,
    endsAt: values.endsAt,
    bridgesFromId: half === 'to' ? values.fromId : null,
    createdBy: scope.user.id,
    createdAt,
  })
}

/** The items in an order of their own, with the places kept for their raters in another one. */
async function insertItems(
  tx: Database,
  roundId: string,
  chosen: readonly Chosen[],
  selectionProbability: number,
  at: number,
): Promise<void> {
  const made = shuffled(chosen).map(({ raterIds, ...response }) => ({ ...response, raterIds, id: newId() }))
  await inPieces(made, (rows) =>
    tx.insert(items).values(
      rows.map(({ id, responseId, caseId, raterIds }) => ({
        id,
        roundId,
        responseId,
        caseId,
        reason: 'bridge' as const,
        selectionProbability,
        needed: raterIds.length,
        taken: raterIds.length,
        position: randomInt(2 ** 31 - 1),
      })),
    ),
  )
  const kept = made.flatMap(({ id, responseId, raterIds }) =>
    raterIds.map((raterId) => ({ itemId: id, responseId, raterId })),
  )
  await inPieces(shuffled(kept), (rows) =>
    tx.insert(assignments).values(
      rows.map((row) => ({
        ...row,
        id: newId(),
        roundId,
        state: 'reserved' as const,
        claimedAt: at,
        leaseExpiresAt: at,
      })),
    ),
  )
}

async function inPieces<T>(all: readonly T[], insert: (rows: T[]) => PromiseLike<unknown>): Promise<void> {
  for (let start = 0; start < all.length; start += AT_ONCE) await insert(all.slice(start, start + AT_ONCE))
}

const eventsOf = (
  scope: Scope,
  values: BridgeValues,
  ids: { from: string | null; to: string },
  made: number,
  versions: BridgePlan['versions'],
) =>
  (['from', 'to'] as const).flatMap((half) => {
    const id = ids[half]
    if (id === null) return []
    return {
      projectId: scope.project.id,
      actor: scope.user,
      action: 'bridge.created',
      subject: 'round',
      subjectId: id,
      detail: {
        name: values.names[half],
        items: made,
        overlap: values.overlap,
        raters: values.raterIds.length,
        ...versions,
        rated: values.rated,
      },
    }
  })

import { and, eq, lt, ne, sql } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { items, rounds } from '#db/schema/rounds.ts'
import type { Database, Store } from '#db/store.server.ts'
import { record } from '../audit/record.ts'
import { twinOf } from '../bridges/twin.ts'
import { Problem } from '../problem.ts'
import type { RoundValues } from './shown.ts'
import { demandNoFaults, faultsOfRound } from './values.ts'

export type StoredRound = typeof rounds.$inferSelect

/** A round of the project. Throws `missing` where there is none. */
export async function ownRound(db: Database, scope: Scope, roundId: string): Promise<StoredRound> {
  const [round] = await db
    .select()
    .from(rounds)
    .where(and(eq(rounds.id, roundId), eq(rounds.projectId, scope.project.id), ne(rounds.state, 'making')))
  if (!round) throw new Problem('missing', 'There is no such round in this project.', { code: 'no-round' })
  return round
}

/**
 * Opens a draft, or opens a closed round again; with the draft of one half of a bridge the other half, so that each rater
 * can begin with the version that is theirs to meet first. Opening an open one changes nothing. Returns how many it opened.
 */
export async function openRound(store: Store, scope: Scope, roundId: string): Promise<number> {
  demand(scope, 'rounds.write')
  return store.write(async (tx) => {
    const round = await ownRound(tx, scope, roundId)
    if (round.state === 'open') return 0
    if (round.simulated !== null) {
      throw new Problem('conflict', 'The ratings of this round were simulated; it cannot be opened to people.')
    }
    const twin = round.state === 'draft' ? await twinOf(tx, round) : null
    await setState(tx, scope, roundId, 'open', round.state === 'draft' ? 'round.opened' : 'round.reopened')
    if (twin?.state !== 'draft') return 1
    await setState(tx, scope, twin.id, 'open', 'round.opened')
    return 2
  })
}

/** Closes a round: its ratings stand, nothing more is taken; what raters had in hand stays as their drafts. */
export async function closeRound(store: Store, scope: Scope, roundId: string): Promise<void> {
  demand(scope, 'rounds.write')
  await store.write(async (tx) => {
    const round = await ownRound(tx, scope, roundId)
    if (round.state === 'closed') return
    if (round.state === 'draft') throw new Problem('conflict', 'This round was never opened, so it cannot be closed.')
    await setState(tx, scope, roundId, 'closed', 'round.closed')
  })
}

async function setState(tx: Database, scope: Scope, roundId: string, state: 'open' | 'closed', action: string) {
  await tx
    .update(rounds)
    .set({ state, reopened: sql`${rounds.reopened} + 1` })
    .where(eq(rounds.id, roundId))
  await record(tx, { projectId: scope.project.id, actor: scope.user, action, subject: 'round', subjectId: roundId })
}

export type RoundChange = Partial<
  Pick<RoundValues, 'name' | 'instructions' | 'secondsPerItem' | 'startsAt' | 'endsAt' | 'overlap'>
>

/**
 * Changes what may change of a round once it is made: not its items, rubric version or references. Raters per item can be
 * raised, not lowered. Throws `invalid` by field, `conflict` (code `round-closed`).
 */
export async function changeRound(store: Store, scope: Scope, roundId: string, change: RoundChange): Promise<void> {
  demand(scope, 'rounds.write')
  await store.write(async (tx) => {
    const round = await ownRound(tx, scope, roundId)
    if (round.state === 'closed') {
      throw new Problem('conflict', 'This round is closed. Open it again to change it.', { code: 'round-closed' })
    }
    const { overlap = round.overlap } = change
    const faults = faultsOfRound({ startsAt: round.startsAt, endsAt: round.endsAt, ...change })
    if (overlap < round.overlap) {
      faults.overlap = `Raters per item can be raised, not lowered: it is ${round.overlap} now.`
    }
    demandNoFaults(faults)
    await tx
      .update(rounds)
      .set({ ...change, reopened: sql`${rounds.reopened} + 1` })
      .where(eq(rounds.id, roundId))
    if (overlap > round.overlap) {
      await tx
        .update(items)
        .set({ needed: overlap })
        .where(and(eq(items.roundId, roundId), lt(items.needed, overlap)))
    }
    await record(tx, {
      projectId: scope.project.id,
      actor: scope.user,
      action: 'round.changed',
      subject: 'round',
      subjectId: roundId,
      detail: { changed: Object.keys(change), overlap },
    })
  })
}

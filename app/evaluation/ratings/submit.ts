import { and, eq, lt, sql } from 'drizzle-orm'
import { newId, now } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { isUniqueViolation } from '#db/errors.ts'
import { assignments, items } from '#db/schema/rounds.ts'
import { statement } from '#db/statement.server.ts'
import type { Database, Store } from '#db/store.server.ts'
import { record } from '../audit/record.ts'
import { Problem } from '../problem.ts'
import { admit, demandSubmittable } from '../queue/admission.ts'
import { rubricOf } from '../queue/rubric.ts'
import type { Hand, Submitted } from '../queue/shown.ts'
import { emptyHand, fillNearby, type Held, showHand, takeHand } from '../queue/take.ts'
import { UNDO_MS } from '../queue/terms.ts'
import { offerBetterAnswer } from '../references/offer.ts'
import { sentBefore } from './again.ts'
import { faultsOf } from './check.ts'
import type { Content } from './content.ts'
import { documentsFor, type OwnAssignment, ownAssignment, referencesFor } from './own-assignment.ts'
import { dropDraft, insertNewRating, keepDraft } from './stored.ts'

export type Submission = {
  assignment: string
  /** Made by the browser once per submit: sending it again stores nothing twice. */
  submissionId: string
  content: Content
  /** Assignments whose contents the browser has. */
  known?: readonly string[]
}

/** Compare and swap: another process may just be ending the lease. */
const markSubmitted = statement((db) =>
  db
    .update(assignments)
    .set({ state: 'submitted', endedAt: sql`${sql.placeholder('at')}` })
    .where(and(eq(assignments.id, sql.placeholder('assignment')), eq(assignments.state, sql.placeholder('from'))))
    .returning({ id: assignments.id }),
)

const countDone = statement((db) =>
  db
    .update(items)
    .set({ done: sql`${items.done} + 1` })
    .where(eq(items.id, sql.placeholder('item'))),
)

/** For one whose slot went back to the queue: takes it again, if there still is one, and counts it as done. */
const takeAndCountDone = statement((db) =>
  db
    .update(items)
    .set({ taken: sql`${items.taken} + 1`, done: sql`${items.done} + 1` })
    .where(and(eq(items.id, sql.placeholder('item')), lt(items.taken, items.needed)))
    .returning({ id: items.id }),
)

type Stored = { rating: string; at: number; held: (Held & { full: boolean }) | null }

/**
 * Stores a rating and hands out the next item, all or nothing. Sending the same submission again answers the same again.
 * Throws `invalid` (code `incomplete`, by field), `gone` (`round-closed`, `round-ended`, `lease-expired`), `conflict`
 * (`already-submitted`, `submission-reused`, `submission-undone`), `missing` (`no-round`, `no-assignment`). What could not
 * be stored because of the round or the lease is kept as a draft.
 */
export async function submitRating(
  store: Store,
  scope: Scope,
  roundId: string,
  submission: Submission,
): Promise<Submitted> {
  const { rating, at, held } = await stored(store, scope, roundId, submission)
  const known = submission.known ?? []
  const hand =
    held?.full === true
      ? await showHand(store.read, scope.user.id, held, known)
      : await handOrNone(store, scope, roundId, known)
  return { ...hand, rating, undoUntil: at + UNDO_MS }
}

/** The rating is stored by now: a round that has ended since is no failure, there just is no more work. */
async function handOrNone(store: Store, scope: Scope, roundId: string, known: readonly string[]): Promise<Hand> {
  try {
    return await takeHand(store, scope, roundId, known)
  } catch (error) {
    if (error instanceof Problem && error.kind === 'gone') return emptyHand(store.read, scope.user.id, roundId)
    throw error
  }
}

async function stored(store: Store, scope: Scope, roundId: string, submission: Submission): Promise<Stored> {
  try {
    return await store.write((tx) => storeIn(tx, scope, roundId, submission))
  } catch (error) {
    if (isUniqueViolation(error)) return sentBefore(store.read, scope.user.id, submission)
    if (error instanceof Problem && error.kind === 'gone') {
      await store.write(async (tx) => {
        const own = await ownAssignment(tx, scope.user.id, roundId, submission.assignment)
        await keepDraft(tx, own, submission.content)
      })
    }
    throw error
  }
}

async function storeIn(tx: Database, scope: Scope, roundId: string, submission: Submission): Promise<Stored> {
  const { content, submissionId } = submission
  const admission = await admit(tx, scope, roundId)
  const { raterId, round } = admission
  const own = await ownAssignment(tx, raterId, roundId, submission.assignment)
  if (own.state === 'submitted') return sentBefore(tx, raterId, submission)
  demandSubmittable(round)

  const { dimensions } = await rubricOf(tx, round.rubricVersionId)
  const references = await referencesFor(tx, own, round.referencesShown)
  const documents = await documentsFor(tx, own, content)
  const faults = faultsOf(content, { dimensions, asksClosest: references.asksClosest, documents })
  if (references.exist && !references.seen) faults.references = 'Look at the references before you submit.'
  demandComplete(faults)

  const at = now()
  const rating = newId()
  await takePlace(tx, own, at)
  await insertNewRating(tx, {
    id: rating,
    sealedCase: own.sealed ? own.caseId : null,
    item: own.itemId,
    round: round.id,
    rater: raterId,
    assignment: own.id,
    rubricVersion: round.rubricVersionId,
    submission: submissionId,
    content,
    activeMs: boundedTime(content.activeMs, own.claimedAt, at),
    referencesSeen: references.seen,
    changed: changedSince(own.scoresBeforeReferences, content),
    at,
  })
  if (content.betterAnswer !== '') await offerBetterAnswer(tx, offered(scope, round, own, rating, content))
  await dropDraft(tx, own)
  const held = await fillNearby(tx, scope, admission, submission.known ?? [])
  await record(tx, {
    projectId: scope.project.id,
    actor: scope.user,
    action: 'rating.submitted',
    subject: 'rating',
    subjectId: rating,
    detail: { round: round.id, item: own.itemId },
  })
  return { rating, at, held }
}

/** A rating's better answer, as a reference that may come of it. */
export const offered = (
  scope: Scope,
  round: { rubricVersionId: string },
  { caseId }: OwnAssignment,
  ratingId: string,
  { betterAnswer }: Content,
) => ({
  projectId: scope.project.id,
  caseId,
  raterId: scope.user.id,
  ratingId,
  rubricVersionId: round.rubricVersionId,
  text: betterAnswer,
})

/** Throws `invalid` (code `incomplete`) where there are faults. */
export function demandComplete(faults: Record<string, string>): void {
  const first = Object.values(faults)[0]
  if (first !== undefined) throw new Problem('invalid', first, { code: 'incomplete', fields: faults })
}

/** Counts the item as done by this rater. Throws `gone` where its lease has run out and there is no room any more. */
async function takePlace(tx: Database, { id, itemId, state }: OwnAssignment, at: number): Promise<void> {
  const [held] = await markSubmitted(tx).execute({ assignment: id, from: 'leased', at })
  if (held) {
    await countDone(tx).execute({ item: itemId })
    return
  }
  const [room] = await takeAndCountDone(tx).execute({ item: itemId })
  if (!room) {
    throw new Problem(
      'gone',
      'This item went back to the queue after half an hour without a sign of you, and others have completed it. What you entered is kept as a draft in your history.',
      { code: 'lease-expired' },
    )
  }
  await markSubmitted(tx).execute({ assignment: id, from: state === 'skipped' ? 'skipped' : 'expired', at })
}

/** The time the browser measured, as far as the server's clock allows; null when that clock went backwards. */
export const boundedTime = (activeMs: number, claimedAt: number, at: number): number | null =>
  at < claimedAt ? null : Math.min(activeMs, at - claimedAt)

/** Whether any level differs from what was entered before the references were seen. */
export const changedSince = (before: Record<string, number | null> | null, content: Content): boolean =>
  before !== null && Object.entries(content.scores).some(([id, { level }]) => (before[id] ?? null) !== level)

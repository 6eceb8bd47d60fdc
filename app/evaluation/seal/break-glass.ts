/** Breaking a seal: an admin and a lead together, for a reason, and the case is burnt. */
import { aliasedTable, and, desc, eq, isNull } from 'drizzle-orm'
import { newId, now } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { cases } from '#db/schema/cases.ts'
import { users } from '#db/schema/people.ts'
import { breakGlass } from '#db/schema/seal.ts'
import type { Database, Store } from '#db/store.server.ts'
import { record } from '../audit/record.ts'
import { Problem } from '../problem.ts'
import { isBarred } from './barred.ts'

export const OPEN_FOR_MS = 3_600_000
const REASON_MOST = 2_000

export type BreakingRole = 'admin' | 'lead'

export type ShownBreaking = {
  id: string
  reason: string
  askedBy: { id: string; name: string }
  askedAs: BreakingRole
  askedAt: number
  answer: 'agreed' | 'refused' | 'withdrawn' | null
  answeredBy: string | null
  answeredById: string | null
  answeredAt: number | null
  opensUntil: number | null
}

/** In which of the two roles somebody may ask, or answer one who asked as the other. */
export const breakingRoles = (scope: Scope): BreakingRole[] =>
  (['lead', 'admin'] as const).filter((role) => scope.roles.includes(role))

const other = (role: BreakingRole): BreakingRole => (role === 'admin' ? 'lead' : 'admin')

/** Whether the actor may agree to, or refuse, what was asked: another person, in the other role. */
export const mayAnswer = (scope: Scope, { askedBy, askedAs, answer }: ShownBreaking): boolean =>
  answer === null && askedBy.id !== scope.user.id && scope.roles.includes(other(askedAs)) && !isBarred(scope.roles)

/** @throws Problem `forbidden` for whoever may not break seals, an owner or builder among them */
function demandBreaker(scope: Scope): void {
  demand(scope, 'seals.break')
  if (!isBarred(scope.roles)) return
  throw new Problem('forbidden', 'Owners and builders of a project never read its sealed cases, not this way either.')
}

/**
 * Asks for the seal of a case to be broken; it stays as it is until somebody in the other role agrees.
 *
 * @throws Problem `invalid` for no reason given, `missing` for a case that is not here, `conflict` where it is not sealed or
 * was asked for already
 */
export async function askToBreak(
  store: Store,
  scope: Scope,
  { caseId, reason, as }: { caseId: string; reason: string; as: BreakingRole },
): Promise<{ id: string }> {
  demandBreaker(scope)
  const said = reason.trim()
  if (said === '' || said.length > REASON_MOST) {
    const message = said === '' ? 'Say why: the one who is to agree reads it, and it stays on record.' : TOO_LONG
    throw new Problem('invalid', 'Nothing was asked.', { fields: { reason: message } })
  }
  if (!breakingRoles(scope).includes(as)) throw new Problem('forbidden', `You are no ${as} of this project.`)
  return store.write(async (tx) => {
    const { key } = await sealedCase(tx, scope, caseId)
    const [open] = await tx
      .select({ id: breakGlass.id })
      .from(breakGlass)
      .where(and(eq(breakGlass.caseId, caseId), isNull(breakGlass.answer)))
    if (open) throw new Problem('conflict', 'Somebody has asked for this already. It waits for an answer.')
    const id = newId()
    await tx.insert(breakGlass).values({
      id,
      projectId: scope.project.id,
      caseId,
      reason: said,
      askedBy: scope.user.id,
      askedAs: as,
      askedAt: now(),
    })
    await note(tx, scope, 'seal.break-asked', { caseId, key, id })
    return { id }
  })
}

const TOO_LONG = `Say it in at most ${REASON_MOST.toLocaleString('en')} characters.`

/**
 * Answers. Agreed: for an hour both may read the case, and it is burnt: it retires with the next rotation.
 *
 * @throws Problem `forbidden` for the one who asked and for others than the other role, `conflict` where it was answered
 */
export async function answerToBreak(
  store: Store,
  scope: Scope,
  { caseId, id, agreed }: { caseId: string; id: string; agreed: boolean },
): Promise<void> {
  demandBreaker(scope)
  await store.write(async (tx) => {
    const { key, burntAt } = await sealedCase(tx, scope, caseId)
    const asked = await openRequest(tx, scope, caseId, id)
    if (asked.askedBy === scope.user.id) throw new Problem('forbidden', 'Somebody else has to agree to what you asked.')
    const needed = other(asked.askedAs)
    if (!scope.roles.includes(needed))
      throw new Problem(
        'forbidden',
        `It was asked by the ${asked.askedAs}: a person who is ${needed} of the project answers.`,
      )
    const at = now()
    await tx
      .update(breakGlass)
      .set({
        answer: agreed ? 'agreed' : 'refused',
        answeredBy: scope.user.id,
        answeredAt: at,
        opensUntil: agreed ? at + OPEN_FOR_MS : null,
      })
      .where(eq(breakGlass.id, id))
    if (agreed && burntAt === null) await tx.update(cases).set({ burntAt: at }).where(eq(cases.id, caseId))
    await note(tx, scope, agreed ? 'seal.broken' : 'seal.break-refused', { caseId, key, id })
  })
}

/** Takes back what one asked oneself. */
export async function withdrawBreaking(
  store: Store,
  scope: Scope,
  { caseId, id }: { caseId: string; id: string },
): Promise<void> {
  demandBreaker(scope)
  await store.write(async (tx) => {
    const { key } = await sealedCase(tx, scope, caseId)
    const asked = await openRequest(tx, scope, caseId, id)
    if (asked.askedBy !== scope.user.id) throw new Problem('forbidden', 'Only who asked can take it back.')
    const answered = { answer: 'withdrawn', answeredBy: scope.user.id, answeredAt: now() } as const
    await tx.update(breakGlass).set(answered).where(eq(breakGlass.id, id))
    await note(tx, scope, 'seal.break-withdrawn', { caseId, key, id })
  })
}

/** What was asked of a case and answered, the newest first. */
export async function listBreakings(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  caseId: string,
): Promise<ShownBreaking[]> {
  demand(scope, 'seals.break')
  const answerers = aliasedTable(users, 'answerers')
  return await read
    .select({
      id: breakGlass.id,
      reason: breakGlass.reason,
      askedBy: { id: users.id, name: users.name },
      askedAs: breakGlass.askedAs,
      askedAt: breakGlass.askedAt,
      answer: breakGlass.answer,
      answeredBy: answerers.name,
      answeredById: breakGlass.answeredBy,
      answeredAt: breakGlass.answeredAt,
      opensUntil: breakGlass.opensUntil,
    })
    .from(breakGlass)
    .innerJoin(users, eq(users.id, breakGlass.askedBy))
    .leftJoin(answerers, eq(answerers.id, breakGlass.answeredBy))
    .where(and(eq(breakGlass.caseId, caseId), eq(breakGlass.projectId, scope.project.id)))
    .orderBy(desc(breakGlass.askedAt), desc(breakGlass.id))
}

async function sealedCase(tx: Database, scope: Scope, caseId: string) {
  const [found] = await tx
    .select({ key: cases.key, sealed: cases.sealed, burntAt: cases.burntAt })
    .from(cases)
    .where(and(eq(cases.id, caseId), eq(cases.projectId, scope.project.id)))
  if (!found) throw new Problem('missing', 'This case is not here.')
  if (!found.sealed) throw new Problem('conflict', 'This case is not sealed: it can be read as it is.')
  return found
}

async function openRequest(tx: Database, scope: Scope, caseId: string, id: string) {
  const [asked] = await tx
    .select()
    .from(breakGlass)
    .where(and(eq(breakGlass.id, id), eq(breakGlass.caseId, caseId), eq(breakGlass.projectId, scope.project.id)))
  if (!asked) throw new Problem('missing', 'Nobody has asked for this.')
  if (asked.answer !== null) throw new Problem('conflict', 'This was answered meanwhile. Load the page again.')
  return asked
}

const note = (
  tx: Database,
  scope: Scope,
  action: string,
  { caseId, key, id }: { caseId: string; key: string; id: string },
): Promise<void> =>
  record(tx, {
    projectId: scope.project.id,
    actor: scope.user,
    action,
    subject: 'case',
    subjectId: caseId,
    detail: { name: key, request: id },
  })

export type WaitingBreaking = {
  id: string
  case: { id: string; key: string }
  askedBy: string
  askedAs: BreakingRole
  askedAt: number
}

const WAITING_MOST = 20

/** What waits for an answer in the project, the oldest first. */
export async function listWaiting({ read }: Pick<Store, 'read'>, scope: Scope): Promise<WaitingBreaking[]> {
  demand(scope, 'seals.break')
  return await read
    .select({
      id: breakGlass.id,
      case: { id: cases.id, key: cases.key },
      askedBy: users.name,
      askedAs: breakGlass.askedAs,
      askedAt: breakGlass.askedAt,
    })
    .from(breakGlass)
    .innerJoin(cases, eq(cases.id, breakGlass.caseId))
    .innerJoin(users, eq(users.id, breakGlass.askedBy))
    .where(and(eq(breakGlass.projectId, scope.project.id), isNull(breakGlass.answer)))
    .orderBy(breakGlass.askedAt, breakGlass.id)
    .limit(WAITING_MOST)
}

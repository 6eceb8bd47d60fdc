import { and, count, desc, eq, isNull } from 'drizzle-orm'
import { now } from '#app/ambient.ts'
import { accountOf, demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { queueCloseness } from '#app/evaluation/closeness/job.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { excerptOf } from '#app/evaluation/ratings/history.ts'
import { isUniqueViolation } from '#db/errors.ts'
import { cases, type Quality, references } from '#db/schema/cases.ts'
import { users } from '#db/schema/people.ts'
import type { Database, Store } from '#db/store.server.ts'
import { versionToWriteFor } from './rubric-version.ts'
import { keyOf } from './tasks/hand-in.ts'
import { askToCheck } from './tasks/make.ts'
import { alreadyThere } from './text.ts'

export type Candidate = {
  id: string
  /** Empty where the case is sealed. */
  text: string
  author: string | null
  createdAt: number
  case: { id: string; key: string; sealed: boolean; beginning: string }
}

export const CANDIDATES_PER_PAGE = 20

const waiting = (scope: Scope) =>
  and(
    eq(references.projectId, scope.project.id),
    eq(references.state, 'candidate'),
    isNull(references.supersededAt),
    isNull(cases.archivedAt),
  )

/** Better answers that raters offered and nobody has decided on, the newest first. */
export async function listCandidates(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  page: number,
): Promise<{ candidates: Candidate[]; total: number }> {
  demand(scope, 'cases.read')
  const rows = await read
    .select({
      id: references.id,
      text: references.text,
      author: users.name,
      createdAt: references.createdAt,
      case: { id: cases.id, key: cases.key, sealed: cases.sealed, beginning: cases.input },
    })
    .from(references)
    .innerJoin(cases, eq(cases.id, references.caseId))
    .leftJoin(users, eq(users.id, references.authorId))
    .where(waiting(scope))
    .orderBy(desc(references.createdAt), desc(references.id))
    .limit(CANDIDATES_PER_PAGE)
    .offset((page - 1) * CANDIDATES_PER_PAGE)
  return {
    candidates: rows.map((row) => ({ ...row, case: { ...row.case, beginning: excerptOf(row.case.beginning) } })),
    total: await countCandidates(read, scope),
  }
}

/** How many wait to be decided on. */
export async function countCandidates(read: Database, scope: Scope): Promise<number> {
  demand(scope, 'cases.read')
  const [row] = await read
    .select({ n: count() })
    .from(references)
    .innerJoin(cases, eq(cases.id, references.caseId))
    .where(waiting(scope))
  return row?.n ?? 0
}

/**
 * Makes a better answer a reference of the quality, `written` by the rater who offered it: somebody else still has to check
 * it. Throws `missing`, `gone` (`decided`), `invalid` where the case has the very text.
 */
export async function takeUpCandidate(store: Store, scope: Scope, id: string, quality: Quality): Promise<void> {
  demand(scope, 'references.ask')
  await store
    .write(async (tx) => {
      const candidate = await undecided(tx, scope, id)
      const rubricVersionId = candidate.rubricVersionId ?? (await versionToWriteFor(tx, scope.project.id))
      await tx.update(references).set({ state: 'written', quality, rubricVersionId }).where(eq(references.id, id))
      await queueCloseness(tx, scope.project.id)
      await askToCheck(tx, {
        projectId: scope.project.id,
        caseId: candidate.caseId,
        quality,
        rubricVersionId,
        referenceId: id,
        createdBy: accountOf(scope),
      })
      await recorded(tx, scope, candidate.caseId, { action: 'candidate.taken-up', quality, reference: id })
    })
    .catch((error: unknown) => {
      if (isUniqueViolation(error)) throw alreadyThere()
      throw error
    })
}

/** Says no to a better answer. It stays on record, and is not offered again. Throws `missing`, `gone` (`decided`). */
export async function declineCandidate(store: Store, scope: Scope, id: string, note = ''): Promise<void> {
  demand(scope, 'references.ask')
  await store.write(async (tx) => {
    const { caseId } = await undecided(tx, scope, id)
    await tx
      .update(references)
      .set({ state: 'refused', checkedBy: accountOf(scope), checkedAt: now(), checkNote: note.trim().slice(0, 4_000) })
      .where(eq(references.id, id))
    await recorded(tx, scope, caseId, { action: 'candidate.declined', reference: id })
  })
}

async function undecided(tx: Database, scope: Scope, id: string) {
  const [row] = await tx
    .select()
    .from(references)
    .where(and(eq(references.id, id), eq(references.projectId, scope.project.id)))
  if (!row) throw new Problem('missing', 'This better answer is not here.')
  if (row.state === 'candidate' && row.supersededAt === null) return row
  throw new Problem('gone', 'This better answer was decided on, or its rater took it back. Load the page again.', {
    code: 'decided',
  })
}

async function recorded(
  tx: Database,
  scope: Scope,
  caseId: string,
  { action, ...detail }: { action: string; quality?: Quality; reference: string },
): Promise<void> {
  await record(tx, {
    projectId: scope.project.id,
    actor: scope.user,
    action,
    subject: 'case',
    subjectId: caseId,
    detail: { name: await keyOf(tx, caseId), ...detail },
  })
}

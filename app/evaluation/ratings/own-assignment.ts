import { and, count, eq, sql } from 'drizzle-orm'
import { caseDocuments, cases, references, responses } from '#db/schema/cases.ts'
import { type ASSIGNMENT_STATES, assignments, items } from '#db/schema/rounds.ts'
import { statement } from '#db/statement.server.ts'
import type { Database } from '#db/store.server.ts'
import { Problem } from '../problem.ts'
import { inUse } from '../references/in-use.ts'
import { sealedDocumentCount } from '../seal/opened.ts'
import type { Content } from './content.ts'

/** An assignment of the rater, with what of its item decides what may be done with it. */
export type OwnAssignment = {
  id: string
  itemId: string
  caseId: string
  roundId: string
  /** Whether its case is sealed: what is written of it is sealed too. */
  sealed: boolean
  /** The reference that the item lays before raters as a response; null: it is a system version's. */
  referenceId: string | null
  state: (typeof ASSIGNMENT_STATES)[number]
  claimedAt: number
  referencesSeenAt: number | null
  scoresBeforeReferences: Record<string, number | null> | null
}

const own = statement((db) =>
  db
    .select({
      id: assignments.id,
      itemId: assignments.itemId,
      caseId: items.caseId,
      roundId: assignments.roundId,
      sealed: cases.sealed,
      referenceId: responses.referenceId,
      state: assignments.state,
      claimedAt: assignments.claimedAt,
      referencesSeenAt: assignments.referencesSeenAt,
      scoresBeforeReferences: assignments.scoresBeforeReferences,
    })
    .from(assignments)
    .innerJoin(items, eq(items.id, assignments.itemId))
    .innerJoin(cases, eq(cases.id, items.caseId))
    .innerJoin(responses, eq(responses.id, items.responseId))
    .where(
      and(
        eq(assignments.id, sql.placeholder('assignment')),
        eq(assignments.raterId, sql.placeholder('rater')),
        eq(assignments.roundId, sql.placeholder('round')),
      ),
    ),
)

/** The rater's assignment in the round. Throws `missing` (code `no-assignment`) where it is not theirs. */
export async function ownAssignment(
  db: Database,
  raterId: string,
  roundId: string,
  assignment: string,
): Promise<OwnAssignment> {
  const [row] = await own(db).execute({ assignment, rater: raterId, round: roundId })
  if (row) return row
  throw new Problem('missing', 'This item was never handed to you. Load the page again to go on with your own.', {
    code: 'no-assignment',
  })
}

const qualities = statement((db) =>
  db
    .selectDistinct({ quality: references.quality })
    .from(references)
    .where(and(eq(references.caseId, sql.placeholder('case')), inUse)),
)

/** What the references of the item mean for its rating, by the round's setting and what the rater has looked at. */
export async function referencesFor(
  db: Database,
  own: OwnAssignment,
  shown: 'never' | 'after' | 'always',
): Promise<{ exist: boolean; seen: boolean; asksClosest: boolean }> {
  if (shown === 'never' || own.referenceId !== null) return { exist: false, seen: false, asksClosest: false }
  const found = await qualities(db).execute({ case: own.caseId })
  const exist = found.length > 0
  const seen = exist && (shown === 'always' || own.referencesSeenAt !== null)
  return { exist, seen, asksClosest: seen && found.length === 2 }
}

const documentCount = statement((db) =>
  db
    .select({ n: count() })
    .from(caseDocuments)
    .where(eq(caseDocuments.caseId, sql.placeholder('case'))),
)

/** How many documents evidence may come from; null, unasked, when none is said to come from one. */
export async function documentsFor(db: Database, own: OwnAssignment, { evidence }: Content): Promise<number | null> {
  if (evidence.every(({ source }) => source === 'response')) return null
  if (own.sealed) return sealedDocumentCount(db, own.caseId)
  const [row] = await documentCount(db).execute({ case: own.caseId })
  return row?.n ?? 0
}

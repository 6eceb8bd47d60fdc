import { and, eq, inArray, ne } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { cases, responses } from '#db/schema/cases.ts'
import { assignments, drafts, rounds } from '#db/schema/rounds.ts'
import type { Store } from '#db/store.server.ts'
import { Problem } from '../problem.ts'
import { rubricOf } from '../queue/rubric.ts'
import { documentsOf, questionAndResponse, referencesOf } from '../queue/show.ts'
import { openSealed, sealedItem } from '../queue/show-sealed.ts'
import { shownRound } from '../queue/work.ts'
import { canaryOfRound } from '../seal/canary.ts'
import { recordOwn } from '../seal/open.ts'
import { ownWords } from '../seal/rating-words.ts'
import { type Content, emptyContent } from './content.ts'
import type { OwnRatingInFull, OwnRevision } from './shown.ts'
import { contentOf, revisionsOf, scoresOf } from './stored.ts'

/**
 * One of the rater's own ratings, or a draft they left, with the item as they saw it and the rating's former revisions.
 * Throws `missing` (code `no-assignment`) where it is not theirs.
 */
export async function showOwnRating(store: Store, scope: Scope, assignment: string): Promise<OwnRatingInFull> {
  demand(scope, 'items.rate')
  const db = store.read
  const [row] = await db
    .select({
      round: rounds,
      canary: canaryOfRound,
      own: assignments,
      caseId: cases.id,
      input: cases.input,
      inputHash: cases.contentHash,
      sealed: cases.sealed,
      responseId: responses.id,
      response: responses.text,
      responseHash: responses.contentHash,
      referenceId: responses.referenceId,
      draft: drafts.content,
      savedAt: drafts.savedAt,
    })
    .from(assignments)
    .innerJoin(rounds, and(eq(rounds.id, assignments.roundId), eq(rounds.projectId, scope.project.id)))
    .innerJoin(responses, eq(responses.id, assignments.responseId))
    .innerJoin(cases, eq(cases.id, responses.caseId))
    .leftJoin(drafts, eq(drafts.assignmentId, assignments.id))
    .where(
      and(
        eq(assignments.id, assignment),
        eq(assignments.raterId, scope.user.id),
        ne(assignments.state, 'reserved'),
        inArray(rounds.state, ['open', 'closed']),
      ),
    )
  if (!row) {
    throw new Problem('missing', 'This is none of your ratings. Your history lists them.', { code: 'no-assignment' })
  }
  const { round, own } = row
  const revisions = await revisionsOf(db, own.itemId, scope.user.id)
  const given = await scoresOf(
    db,
    revisions.map((revision) => revision.id),
  )
  const current = revisions.find((revision) => revision.supersededAt === null) ?? null
  const withReferences = round.referencesShown !== 'never' && row.referenceId === null
  const openings = await recordOwn(store, scope, 'own rating', row.sealed ? [assignment] : [])
  if (row.sealed && !openings.has(row.caseId)) throw new Problem('forbidden', IMPORTED, { code: 'sealed' })
  const opened = await openSealed(db, openings, [{ ...row, id: assignment }], withReferences)
  const sealed = opened.get(row.caseId)
  const all = withReferences ? ((await referencesOf(db, [row.caseId], opened)).get(row.caseId) ?? []) : []
  const words = await ownWords(db, scope.user.id, current ? [current.id] : [])
  const draft = (sealed ? sealed.drafts.get(assignment) : row.draft) as Content | null | undefined
  const seen = round.referencesShown === 'always' || own.referencesSeenAt !== null
  const references = seen && all.length > 0 ? all : null
  const whyNot = whyNotCorrect(round.state, current !== null)
  return {
    assignment,
    round: shownRound({ ...round, canary: row.canary }),
    rubric: await rubricOf(db, current?.rubricVersionId ?? round.rubricVersionId),
    ...(sealed
      ? sealedItem(sealed, row)
      : { ...questionAndResponse(row), documents: (await documentsOf(db, [row.caseId])).get(row.caseId) ?? [] }),
    references,
    asksClosest: new Set(references?.map(({ quality }) => quality)).size === 2,
    // The draft was parsed when it was stored.
    content: current
      ? contentOf(current, given.get(current.id) ?? [], words.get(current.id))
      : (draft ?? emptyContent()),
    rating: current && { id: current.id, submittedAt: current.submittedAt, revision: current.revision },
    former: revisions
      .filter((revision) => revision !== current)
      .map(
        (revision): OwnRevision => ({
          revision: revision.revision,
          submittedAt: revision.submittedAt,
          supersededAt: revision.supersededAt,
          because: revision.supersededBecause,
          levels: Object.fromEntries((given.get(revision.id) ?? []).map((score) => [score.dimensionId, score.level])),
        }),
      ),
    canCorrect: whyNot === null,
    whyNot,
  }
}

const IMPORTED =
  'This rating came from a file, and its case is sealed: it is shown to those alone whom Assay handed an item of it.'

function whyNotCorrect(state: string, submitted: boolean): string | null {
  if (!submitted) return 'This was never submitted. Go on with it in your queue, if it still has room.'
  if (state === 'open') return null
  return 'The round has been closed; its ratings stand. Ask the lead to open it again if one must be corrected.'
}

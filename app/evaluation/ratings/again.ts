import { eq } from 'drizzle-orm'
import { ratings } from '#db/schema/ratings.ts'
import type { Database } from '#db/store.server.ts'
import { Problem } from '../problem.ts'
import type { Content } from './content.ts'
import { ownContentOf, sameContent } from './stored.ts'

/**
 * The answer to a submission that finds its item submitted or its id used: the rating it made, when it is the same one
 * sent again. Throws a `conflict` Problem when it is not: codes `already-submitted`, `submission-reused`,
 * `submission-undone`.
 */
export async function sentBefore(
  db: Database,
  raterId: string,
  submission: { assignment: string; submissionId: string; content: Content },
): Promise<{ rating: string; at: number; held: null }> {
  const [rating] = await db.select().from(ratings).where(eq(ratings.submissionId, submission.submissionId))
  if (!rating) {
    throw new Problem(
      'conflict',
      'You have submitted this item already, in another tab or on another device. To change it, correct it from your history.',
      { code: 'already-submitted' },
    )
  }
  const content = await ownContentOf(db, rating)
  const same =
    rating.raterId === raterId &&
    rating.assignmentId === submission.assignment &&
    sameContent(content, submission.content)
  if (!same) {
    throw new Problem(
      'conflict',
      'This submission was sent before with other scores. The first one stands; to change it, correct it from your history.',
      { code: 'submission-reused' },
    )
  }
  if (rating.supersededBecause === 'undo') {
    throw new Problem('conflict', 'You took this submission back. Look at your draft and submit it again.', {
      code: 'submission-undone',
    })
  }
  return { rating: rating.id, at: rating.submittedAt, held: null }
}

import { Link } from '@remix-run/react'
import type { OwnRating } from '#app/evaluation/ratings/shown.ts'
import { When } from '#app/ui/when.tsx'
import { Scores } from './scores.tsx'

/** One's own ratings, the newest first; each leads to the rating as a whole. */
export function OwnRatingsList({ ratings, slug }: { ratings: readonly OwnRating[]; slug: string }) {
  return (
    <ul className="own-ratings">
      {ratings.map(({ assignment, question, round, scores, submittedAt, revision }) => (
        <li key={assignment}>
          <Link to={`/p/${slug}/history/${assignment}`} prefetch="intent">
            {question}
          </Link>
          <Scores scores={scores} />
          <p className="faint">
            <span>{round.name}</span>
            {revision > 1 ? <span>revision {revision}</span> : null}
            <When at={submittedAt} time />
          </p>
        </li>
      ))}
    </ul>
  )
}

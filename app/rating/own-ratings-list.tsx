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
          {/* Not fetched ahead: to open a rating is on record where its case is sealed. */}
          <Link to={`/p/${slug}/history/${assignment}`}>{question ?? <RatedAt at={submittedAt} />}</Link>
          <Scores scores={scores} />
          <p className="faint">
            <span>{round.name}</span>
            {revision > 1 ? <span>revision {revision}</span> : null}
            {question === null ? null : <When at={submittedAt} time />}
          </p>
        </li>
      ))}
    </ul>
  )
}

/** What a rating is called where no question may be shown. */
const RatedAt = ({ at }: { at: number }) => (
  <>
    Rated <When at={at} time />
  </>
)

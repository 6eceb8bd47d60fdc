import { useEffect, useState } from 'react'
import type { OwnRating } from '#app/evaluation/ratings/shown.ts'
import { Dialog } from '#app/ui/dialog.tsx'
import { When } from '#app/ui/when.tsx'
import { Scores } from '../scores.tsx'

type Found = { ratings: OwnRating[] } | 'looking' | 'away'

/** One's own last ten ratings, to be looked at again or corrected. */
export function LastTen({ project, onClose }: { project: string; onClose: () => void }) {
  const [found, setFound] = useState<Found>('looking')
  useEffect(() => {
    const stop = new AbortController()
    fetch(`/p/${project}/history/last`, { headers: { Accept: 'application/json' }, signal: stop.signal })
      .then((response) => (response.ok ? response.json() : Promise.reject(response)))
      .then((answer: { ratings: OwnRating[] }) => setFound(answer))
      .catch(() => stop.signal.aborted || setFound('away'))
    return () => stop.abort()
  }, [project])
  return (
    <Dialog title="My last ten" className="last-ten" onClose={onClose}>
      {found === 'looking' ? <p className="soft">Looking …</p> : null}
      {found === 'away' ? (
        <p className="soft">They cannot be fetched now. What you are entering is kept; try again in a moment.</p>
      ) : null}
      {typeof found === 'object' && found.ratings.length === 0 ? (
        <p className="soft">You have not submitted anything yet.</p>
      ) : null}
      {typeof found === 'object' ? (
        <ol>
          {found.ratings.map((rating) => (
            <li key={rating.assignment}>
              <a href={`/p/${project}/history/${rating.assignment}`}>{rating.question ?? rating.round.name}</a>
              <Scores scores={rating.scores} />
              <small>
                <When at={rating.submittedAt} time />
              </small>
            </li>
          ))}
        </ol>
      ) : null}
      <p className="row">
        <a className="button quiet" href={`/p/${project}/history`}>
          All my ratings
        </a>
        <button type="button" className="primary aside" onClick={onClose}>
          Close <kbd>Esc</kbd>
        </button>
      </p>
    </Dialog>
  )
}

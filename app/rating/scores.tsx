import type { OwnRating } from '#app/evaluation/ratings/shown.ts'

/** The scores of a rating as a row of squares, each with its dimension's name for those who cannot see where it stands. */
export function Scores({ scores }: { scores: OwnRating['scores'] }) {
  return (
    <ul className="scores">
      {scores.map(({ dimension, name, level, least, most }) => (
        <li key={dimension} data-levels={most - least + 1} title={`${name}: ${level ?? 'cannot judge'}`}>
          <span className="unseen">{name}: </span>
          <b data-level={level === null ? undefined : level - least + 1}>
            {level ?? (
              <>
                <span aria-hidden="true">–</span>
                <span className="unseen">cannot judge</span>
              </>
            )}
          </b>
        </li>
      ))}
    </ul>
  )
}

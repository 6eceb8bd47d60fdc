import type { ShownRubric } from '#app/evaluation/queue/shown.ts'
import type { OwnRevision } from '#app/evaluation/ratings/shown.ts'
import { When } from '#app/ui/when.tsx'
import { Scores } from '../scores.tsx'

/** What a rating was before it was corrected or taken back: kept, and marked as superseded. */
export function Former({ rubric, former }: { rubric: ShownRubric; former: readonly OwnRevision[] }) {
  if (former.length === 0) return null
  return (
    <details className="former">
      <summary>{former.length === 1 ? 'One former revision' : `${former.length} former revisions`}</summary>
      <ul>
        {former.map(({ revision, submittedAt, because, levels }) => (
          <li key={revision}>
            <span>
              Revision {revision}, <When at={submittedAt} time />, {because === 'undo' ? 'taken back' : 'corrected'}
            </span>
            <Scores
              scores={rubric.dimensions.map(({ id, name, levels: steps }) => ({
                dimension: id,
                name,
                level: levels[id] ?? null,
                least: steps[0]?.value ?? 0,
                most: steps.at(-1)?.value ?? 0,
              }))}
            />
          </li>
        ))}
      </ul>
    </details>
  )
}

import type { ShownRubric } from '#app/evaluation/queue/shown.ts'
import type { Content } from '#app/evaluation/ratings/content.ts'
import { scoreOf } from '../entry.ts'

type Props = {
  rubric: ShownRubric
  content: Content
  current: string
  folded: boolean
  onGo: (dimension: string) => void
  onFold: () => void
}

/** All dimensions as one row of squares, where the rubric is a sheet at the bottom of a narrow screen. */
export function Strip({ rubric, content, current, folded, onGo, onFold }: Props) {
  return (
    <nav className="strip" aria-label="Dimensions">
      {rubric.dimensions.map(({ id, name, levels }) => {
        const { level, cannotJudge } = scoreOf(content, id)
        const place = levels.findIndex(({ value }) => value === level) + 1
        const state = level ?? (cannotJudge === null ? 'not scored' : 'cannot judge')
        return (
          <span key={id} data-levels={levels.length}>
            <button
              type="button"
              data-level={place || undefined}
              aria-current={id === current || undefined}
              aria-label={`${name}: ${state}`}
              onClick={() => onGo(id)}
            >
              {level ?? (cannotJudge === null ? '' : '–')}
            </button>
          </span>
        )
      })}
      <button className="fold quiet" type="button" aria-expanded={!folded} aria-controls="rubric" onClick={onFold}>
        {folded ? 'Unfold' : 'Fold'}
      </button>
    </nav>
  )
}

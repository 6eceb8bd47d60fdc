import type { ShownRubric } from '#app/evaluation/queue/shown.ts'
import type { Quality } from '#db/schema/cases.ts'
import { BORDERLINE_FROM, BORDERLINE_TO } from './placement/verdict.ts'

/** What a rubric says of the levels at which a reference of a quality belongs. */
export type QualityAnchors = {
  dimension: string
  levels: { value: number; place: number; label: string; anchor: string }[]
}[]

/**
 * The anchors a reference is written after: of a high one the top level, of a borderline one the passing levels, which are
 * those from 2 to 3 on a scale mapped to 1 to 4 (on a scale so short that it has none there, its lowest but one).
 */
export function anchorsFor(quality: Quality, { dimensions }: ShownRubric): QualityAnchors {
  return dimensions.map(({ name, levels }) => {
    const all = levels.map((level, i) => ({ ...level, place: i + 1 }))
    const [low = 0, high = 0] = [all[0]?.value, all.at(-1)?.value]
    const onFour = (value: number) => 1 + (3 * (value - low)) / (high - low)
    const passing = all.filter(({ value }) => onFour(value) >= BORDERLINE_FROM && onFour(value) <= BORDERLINE_TO)
    const chosen = quality === 'high' ? all.slice(-1) : passing.length > 0 ? passing : all.slice(1, 2)
    return {
      dimension: name,
      levels: chosen.map(({ value, place, label, anchor }) => ({ value, place, label, anchor })),
    }
  })
}

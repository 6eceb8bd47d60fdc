import { type NotEstimable, notEstimable } from '../estimate.ts'
import type { Frame } from './frame.ts'
import type { Scores } from './scores.ts'
import type { Model } from './taking-part.ts'

/** Why these scores allow no fit at all; null where one can be tried. */
export function whyNoFit({ scores, steps, components }: Frame, model: Model): NotEstimable | null {
  if (scores.item.length === 0) return notEstimable('there are no scores')
  const lengths = new Set(scores.levels.map((levels) => levels.length))
  if (model === 'rating-scale' && lengths.size > 1)
    return notEstimable('the rating scale model needs equally many levels on every dimension: use partial credit')
  if (new Set(scores.item).size < 2) return notEstimable('needs at least two items with scores')
  if (steps.size === 0 || components.count === 0)
    return notEstimable(
      varies(scores)
        ? 'no score can be compared: every rater gave only the lowest or only the highest level'
        : 'no variation: every score that can be compared is the same',
    )
  const items = components.ofItem.reduce((count, component) => count + (component < 0 ? 0 : 1), 0)
  if (items < 2) return notEstimable('needs at least two items whose scores are not all at one end')
  return null
}

/** Whether any two scores on the same dimension differ. */
function varies({ dimension, level }: Scores): boolean {
  const first = new Map<number, number>()
  return dimension.some((d, entry) => {
    const known = first.get(d)
    if (known === undefined) first.set(d, level[entry] as number)
    return known !== undefined && known !== level[entry]
  })
}

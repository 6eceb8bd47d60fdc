/** What an entry still lacks before it can be submitted, in the order of the page. */
import type { ShownDimension, ShownItem, ShownReference, ShownRubric } from '#app/evaluation/queue/shown.ts'
import { faultsOf } from '#app/evaluation/ratings/check.ts'
import type { Content } from '#app/evaluation/ratings/content.ts'
import { isScored, scoreOf } from './entry.ts'

/** `what` says where to go to mend it; `say` tells a person. */
export type Missing = {
  what: 'score' | 'note' | 'why' | 'references' | 'closest' | 'other'
  dimension: string | null
  say: string
}

/** True where a note goes with the level that was chosen. */
export const needsNote = ({ rationaleAtOrBelow }: ShownDimension, level: number | null): boolean =>
  level !== null && rationaleAtOrBelow !== null && level <= rationaleAtOrBelow

/** True when references of both qualities are before the rater: then the closest one is asked for. */
export const asksClosest = (references: readonly ShownReference[] | null): boolean =>
  new Set(references?.map(({ quality }) => quality)).size === 2

/** What is missing or wrong, by the same rules as the server's. */
export function missingIn(
  rubric: ShownRubric,
  { references, referencesFollow }: Pick<ShownItem, 'references' | 'referencesFollow'>,
  content: Content,
): Missing[] {
  const { dimensions } = rubric
  const faults = faultsOf(content, { dimensions, asksClosest: asksClosest(references), documents: null })
  const missing = Object.entries(faults).map(([field, say]): Missing => {
    if (field === 'closest') return { what: 'closest', dimension: null, say }
    if (!dimensions.some(({ id }) => id === field)) return { what: 'other', dimension: null, say }
    if (!isScored(content, field)) return { what: 'score', dimension: field, say }
    return { what: scoreOf(content, field).cannotJudge === null ? 'note' : 'why', dimension: field, say }
  })
  if (!referencesFollow || references !== null) return missing
  return [...missing, { what: 'references', dimension: null, say: 'Look at the references before you submit.' }]
}

/** Why the references cannot be shown now, in words; null when they can. */
export function whyNotReveal(
  { dimensions }: ShownRubric,
  { referencesFollow }: Pick<ShownItem, 'referencesFollow'>,
  content: Content,
): string | null {
  if (!referencesFollow) return 'There are no references to show for this item.'
  if (dimensions.every(({ id }) => isScored(content, id))) return null
  return 'Score every dimension first; then the references are shown.'
}

const counted = (n: number, one: string, many: string): string => (n === 0 ? '' : `${n} ${n === 1 ? one : many}`)

/** What is left, in a few words for the foot of the page. */
export function leftInWords(missing: readonly Missing[]): string {
  const number = (...kinds: Missing['what'][]) => missing.filter(({ what }) => kinds.includes(what)).length
  const scores = number('score')
  if (scores > 0) return `${scores} left to score`
  return (
    [
      counted(number('note', 'why'), 'note to write', 'notes to write'),
      number('references') > 0 ? 'references to look at' : '',
      number('closest') > 0 ? 'closest reference to choose' : '',
      counted(number('other'), 'thing to mend', 'things to mend'),
    ]
      .filter(Boolean)
      .join(', ') || 'Ready to submit'
  )
}

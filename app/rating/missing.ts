/** What an entry still lacks before it can be submitted, in the order of the page. */
import type { ShownDimension, ShownRubric } from '#app/evaluation/queue/shown.ts'
import type { Content } from '#app/evaluation/ratings/content.ts'
import { scoreOf } from './entry.ts'

export type Missing =
  | { what: 'score' | 'note' | 'why'; dimension: string; say: string }
  | { what: 'closest'; dimension: null; say: string }

/** True where a note goes with the level that was chosen. */
export function needsNote({ rationaleAtOrBelow }: ShownDimension, level: number | null): boolean {
  return level !== null && rationaleAtOrBelow !== null && level <= rationaleAtOrBelow
}

function lackOf(dimension: ShownDimension, content: Content): Missing[] {
  const { level, cannotJudge, note } = scoreOf(content, dimension.id)
  const lack = (what: 'score' | 'note' | 'why', say: string): Missing[] => [{ what, dimension: dimension.id, say }]
  if (cannotJudge !== null)
    return cannotJudge.trim() === '' ? lack('why', `Say why ${dimension.name} cannot be judged.`) : []
  if (level === null) return lack('score', `${dimension.name} is not scored yet.`)
  if (needsNote(dimension, level) && note.trim() === '')
    return lack('note', `A ${level} for ${dimension.name} needs a note that says why.`)
  return []
}

/** What is missing. `asksClosest`: the rater has the references before them, so the closest one is asked for. */
export function missingIn(rubric: ShownRubric, content: Content, asksClosest: boolean): Missing[] {
  const missing = rubric.dimensions.flatMap((dimension) => lackOf(dimension, content))
  if (!asksClosest || content.closest !== null) return missing
  return [...missing, { what: 'closest', dimension: null, say: 'Choose the closest reference.' }]
}

/** What is left, in a few words for the foot of the page. */
export function leftInWords(missing: readonly Missing[]): string {
  const scores = missing.filter(({ what }) => what === 'score').length
  const words = missing.filter(({ what }) => what === 'note' || what === 'why').length
  const parts = [
    scores > 0 ? `${scores} left to score` : '',
    words > 0 ? `${words} ${words === 1 ? 'note' : 'notes'} to write` : '',
    missing.some(({ what }) => what === 'closest') ? 'closest reference to choose' : '',
  ].filter(Boolean)
  return parts.join(', ') || 'Ready to submit'
}

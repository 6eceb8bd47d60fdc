/** Whether what was entered is a whole rating. Pure, so that the rating page can ask the same before it sends. */
import type { ShownDimension } from '../queue/shown.ts'
import type { Content, EnteredScore } from './content.ts'

export const NOTE_MOST = 4_000
export const BETTER_ANSWER_MOST = 20_000
export const EVIDENCE_MOST = 100
export const QUOTE_MOST = 4_000

export type Rules = {
  dimensions: readonly Pick<ShownDimension, 'id' | 'name' | 'levels' | 'rationaleAtOrBelow'>[]
  /** References of both qualities were seen: the closest one is asked for. */
  asksClosest: boolean
  /** Context documents that evidence may come from; null: not known here. */
  documents: number | null
}

/** True once a dimension has a level, or has been said not to be judgeable. */
export const isScored = (score: EnteredScore | undefined): boolean =>
  score !== undefined && (score.level !== null || score.cannotJudge !== null)

/**
 * What is missing or wrong, by dimension id, `closest`, `betterAnswer` or `evidence`, in words that say how to mend it, in
 * the rubric's order. Empty: it can be submitted.
 */
export function faultsOf(content: Content, rules: Rules): Record<string, string> {
  const faults: Record<string, string> = {}
  const add = (field: string, fault: string | null) => {
    if (fault !== null) faults[field] = fault
  }
  for (const dimension of rules.dimensions) add(dimension.id, scoreFault(content.scores[dimension.id], dimension))
  const known = new Set(rules.dimensions.map((dimension) => dimension.id))
  if (Object.keys(content.scores).some((id) => !known.has(id))) {
    add('scores', 'There is a score for a dimension that this rubric does not have. Load the page again.')
  }
  add('closest', closestFault(content, rules))
  if (content.betterAnswer.length > BETTER_ANSWER_MOST) {
    add(
      'betterAnswer',
      `Shorten the better answer to ${BETTER_ANSWER_MOST} characters; it has ${content.betterAnswer.length}.`,
    )
  }
  add('evidence', evidenceFault(content, known, rules.documents))
  return faults
}

function scoreFault(score: EnteredScore | undefined, dimension: Rules['dimensions'][number]): string | null {
  const { name, levels, rationaleAtOrBelow } = dimension
  if (!score || !isScored(score)) return `Score ${name}, or say that it cannot be judged.`
  if (score.note.length > NOTE_MOST) return `Shorten the note on ${name} to ${NOTE_MOST} characters.`
  if (score.level === null) {
    if ((score.cannotJudge ?? '').trim() === '') return `Say why ${name} cannot be judged.`
    return (score.cannotJudge ?? '').length > NOTE_MOST ? `Shorten the reason to ${NOTE_MOST} characters.` : null
  }
  if (score.cannotJudge !== null) return `${name} has both a level and “cannot judge”. Choose one of them.`
  if (!levels.some((level) => level.value === score.level)) {
    return `${name} has the levels ${levels.map((level) => level.value).join(', ')}; ${score.level} is none of them.`
  }
  if (rationaleAtOrBelow !== null && score.level <= rationaleAtOrBelow && score.note.trim() === '') {
    return `Say in a note why ${name} is ${score.level}.`
  }
  return null
}

function closestFault({ closest }: Content, { asksClosest }: Rules): string | null {
  if (asksClosest && closest === null) return 'Choose which reference the response is closest to.'
  if (!asksClosest && closest !== null) return 'There are no two references to compare with here. Load the page again.'
  return null
}

function evidenceFault({ evidence }: Content, known: Set<string>, documents: number | null): string | null {
  if (evidence.length > EVIDENCE_MOST) return `Keep at most ${EVIDENCE_MOST} passages; there are ${evidence.length}.`
  for (const { dimension, source, start, end, quote } of evidence) {
    if (!known.has(dimension)) return 'A passage is attached to a dimension that this rubric does not have. Remove it.'
    if (source !== 'response' && documents !== null && source >= documents) {
      return `A passage is from document ${source + 1}; there are ${documents}. Remove it and select it again.`
    }
    if (start >= end || quote === '') return 'A passage is empty. Remove it and select it again.'
    if (quote.length > QUOTE_MOST) return `Select a shorter passage: at most ${QUOTE_MOST} characters.`
  }
  return null
}

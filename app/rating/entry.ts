/** What is being entered for one item, as values: every change is a function from one entry to the next. */
import type { ShownRubric } from '#app/evaluation/queue/shown.ts'
import { isScored as hasScore } from '#app/evaluation/ratings/check.ts'
import type { Closest, Content, EnteredEvidence, EnteredScore } from '#app/evaluation/ratings/content.ts'

/** The row of the closest reference, which comes after the dimensions where it is asked for. */
export const CLOSEST_ROW = 'closest'

export type Entry = {
  content: Content
  /** Id of the dimension the reader is on, or the row of the closest reference. */
  current: string
  /** The scores as they were before each of the last changes, latest last. */
  past: { dimension: string; score: EnteredScore }[]
  /** Counts the changes to the content: a draft is due when it has grown. */
  changes: number
}

export type Change =
  /** `stay`: do not move on to the next dimension. */
  | { type: 'score'; dimension: string; level: number; stay?: boolean }
  | { type: 'cannot judge'; dimension: string }
  | { type: 'why'; dimension: string; text: string }
  | { type: 'note'; dimension: string; text: string }
  | { type: 'closest'; closest: Closest }
  | { type: 'better answer'; text: string }
  | { type: 'attach'; evidence: EnteredEvidence }
  | { type: 'detach'; evidence: EnteredEvidence }
  | { type: 'go'; dimension: string }
  | { type: 'step'; by: 1 | -1 }
  | { type: 'undo' }

const UNDO_DEPTH = 50

const blank: EnteredScore = { level: null, cannotJudge: null, note: '' }

export const scoreOf = (content: Content, dimension: string): EnteredScore => content.scores[dimension] ?? blank

export const isScored = (content: Content, dimension: string): boolean => hasScore(content.scores[dimension])

/** An entry that goes on from the given content, on the first dimension not scored yet. */
export function entryOf(rubric: ShownRubric, content: Content): Entry {
  const first = rubric.dimensions.find(({ id }) => !isScored(content, id)) ?? rubric.dimensions[0]
  return { content, current: first?.id ?? '', past: [], changes: 0 }
}

/** The rows of the rubric in their order: dimensions and, where it is asked for, the closest reference. */
const rowsOf = ({ dimensions }: ShownRubric, asksClosest: boolean): string[] => [
  ...dimensions.map(({ id }) => id),
  ...(asksClosest ? [CLOSEST_ROW] : []),
]

const isDone = (content: Content, row: string): boolean =>
  row === CLOSEST_ROW ? content.closest !== null : isScored(content, row)

/** The next row with nothing chosen, looking onwards from the given one and round again; the given one when none is left. */
function nextOpen(rows: readonly string[], content: Content, from: string): string {
  const place = rows.indexOf(from)
  const onwards = [...rows.slice(place + 1), ...rows.slice(0, place)]
  return onwards.find((row) => !isDone(content, row)) ?? from
}

const same = (a: EnteredEvidence, b: EnteredEvidence): boolean =>
  a.dimension === b.dimension && a.source === b.source && a.start === b.start && a.end === b.end

const withContent = (entry: Entry, content: Partial<Content>): Entry => ({
  ...entry,
  content: { ...entry.content, ...content },
  changes: entry.changes + 1,
})

const withScore = (entry: Entry, dimension: string, score: Partial<EnteredScore>): Entry =>
  withContent(entry, {
    scores: { ...entry.content.scores, [dimension]: { ...scoreOf(entry.content, dimension), ...score } },
  })

const remembering = (entry: Entry, dimension: string): Entry => ({
  ...entry,
  past: [...entry.past, { dimension, score: scoreOf(entry.content, dimension) }].slice(-UNDO_DEPTH),
})

/** The entry after a change. `asksClosest`: both kinds of reference are before the rater. */
export function changed(entry: Entry, rubric: ShownRubric, change: Change, asksClosest = false): Entry {
  const rows = rowsOf(rubric, asksClosest)
  switch (change.type) {
    case 'score': {
      const { dimension, level, stay } = change
      const scored = withScore(remembering(entry, dimension), dimension, { level, cannotJudge: null })
      return { ...scored, current: stay ? dimension : nextOpen(rows, scored.content, dimension) }
    }
    case 'cannot judge': {
      const { dimension } = change
      const why = scoreOf(entry.content, dimension).cannotJudge ?? ''
      const next = withScore(remembering(entry, dimension), dimension, { level: null, cannotJudge: why })
      return { ...next, current: dimension }
    }
    case 'why':
      return withScore(entry, change.dimension, { cannotJudge: change.text })
    case 'note':
      return withScore(entry, change.dimension, { note: change.text })
    case 'closest': {
      const chosen = withContent(entry, { closest: change.closest })
      return { ...chosen, current: nextOpen(rows, chosen.content, CLOSEST_ROW) }
    }
    case 'better answer':
      return withContent(entry, { betterAnswer: change.text })
    case 'attach': {
      const { evidence } = entry.content
      if (evidence.some((one) => same(one, change.evidence))) return entry
      return withContent(entry, { evidence: [...evidence, change.evidence] })
    }
    case 'detach':
      return withContent(entry, { evidence: entry.content.evidence.filter((one) => !same(one, change.evidence)) })
    case 'go':
      return entry.current === change.dimension ? entry : { ...entry, current: change.dimension }
    case 'step': {
      const next = rows[rows.indexOf(entry.current) + change.by]
      return next ? { ...entry, current: next } : entry
    }
    case 'undo': {
      const last = entry.past.at(-1)
      if (!last) return entry
      const back = withContent(entry, { scores: { ...entry.content.scores, [last.dimension]: last.score } })
      return { ...back, current: last.dimension, past: entry.past.slice(0, -1) }
    }
  }
}

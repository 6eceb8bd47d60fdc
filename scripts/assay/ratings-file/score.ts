import { BadFile } from './bad-file.ts'
import { NO_SCORE } from './rating-rows.ts'

/** A rubric's levels, where given: scores must lie on them. */
export type Levels = readonly number[] | null

const WHOLE = /^[+-]?\d{1,9}(?:\.0*)?$/

/**
 * A score from its text: a whole number on the levels, or nothing (missing). "3.0" is 3, as programs that know no missing
 * whole numbers write it.
 *
 * @throws BadFile naming line, column and the levels allowed
 */
export function scoreFrom(text: string, levels: Levels, line: number): number {
  const trimmed = text.trim()
  if (trimmed === '') return NO_SCORE
  if (!WHOLE.test(trimmed)) throw refused(text, levels, line)
  return scoreOnLevels(Number(trimmed), levels, line)
}

export function scoreOnLevels(score: number, levels: Levels, line: number): number {
  const wrong = levels !== null && (score < (levels[0] as number) || score > (levels.at(-1) as number))
  if (wrong || !Number.isInteger(score) || Math.abs(score) > 999_999_999) throw refused(String(score), levels, line)
  return score
}

function refused(text: string, levels: Levels, line: number): BadFile {
  const allowed = levels === null ? 'a whole number' : `one of the levels ${levels.join(', ')}`
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text
  return BadFile.at(line, `column score: "${shown}" is not ${allowed}; leave it empty where the rater could not judge`)
}

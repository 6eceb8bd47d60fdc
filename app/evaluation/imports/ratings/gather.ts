import type { RatingRecord } from '#app/formats/rating.ts'
import type { FileError, Numbered } from '#app/formats/unreadable.ts'

/** A score as a file gives it. */
export type GivenScore = {
  line: number
  dimension: string
  level: number | null
  cannotJudge: string | null
  note: string
}

/** All that one rater said of one response in one round, put together from its lines. */
export type GivenRating = {
  line: number
  round: string
  caseKey: string
  system: string
  rater: string
  /** The latest time on its lines, in milliseconds; null where none has one. */
  time: number | null
  scores: GivenScore[]
}

/** Puts the lines of a file in long form together to ratings, wherever in the file they stand. */
export class Gathered {
  readonly #ratings = new Map<string, GivenRating>()

  get ratings(): GivenRating[] {
    return [...this.#ratings.values()]
  }

  /** Adds a line; returns what is wrong with it, or null. */
  add(
    { line, record }: Numbered<RatingRecord>,
    { round, system }: { round: string; system: string },
  ): FileError | null {
    const key = JSON.stringify([round, record.case, system, record.rater])
    const rating = this.#ratings.get(key) ?? {
      line,
      round,
      caseKey: record.case,
      system,
      rater: record.rater,
      time: null,
      scores: [],
    }
    const before = rating.scores.find(({ dimension }) => dimension === record.dimension)
    if (before) {
      const reason = `“${record.rater}” scored “${record.dimension}” of this response on line ${before.line} already`
      return { line, field: 'dimension', reason }
    }
    this.#ratings.set(key, rating)
    rating.scores.push({
      line,
      dimension: record.dimension,
      level: record.score ?? null,
      cannotJudge: record.cannot_judge ?? null,
      note: record.note ?? '',
    })
    if (record.time !== undefined) rating.time = Math.max(rating.time ?? 0, Date.parse(record.time))
    return null
  }
}

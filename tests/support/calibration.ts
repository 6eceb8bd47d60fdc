import type { Calibration, Severity } from '#app/stats/calibration/calibration.ts'
import { type NamedScores, scoresFrom } from '#app/stats/calibration/scores.ts'

/** All severities; an error naming the rater who has none. */
export function severities({ raters }: Calibration): Severity[] {
  return raters.map(({ severity, rater }) => {
    if (!severity.estimable) throw new Error(`rater ${rater}: ${severity.reason}`)
    return severity
  })
}

/** All fair scores; an error naming the item that has none. */
export function fairScores({ items }: Calibration): number[] {
  return items.map(({ fair, item }) => {
    if (!fair.estimable) throw new Error(`item ${item}: ${fair.reason}`)
    return fair.score
  })
}

/** Scores as words, easier to write down: item, rater, then a digit a dimension (a dot is missing). */
export function scoresOf(lines: readonly string[], levels: readonly number[] = [1, 2, 3, 4]): NamedScores {
  const rows = lines.flatMap((line) => {
    const [item = '', rater = '', digits = ''] = line.split(' ')
    return [...digits].map((digit, d) => ({
      item,
      rater,
      dimension: `d${d}`,
      score: digit === '.' ? null : Number(digit),
    }))
  })
  return scoresFrom(rows, () => levels)
}

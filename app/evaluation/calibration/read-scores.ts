import type { Timing } from '#app/stats/calibration/companions/pace.ts'
import type { NamedScores } from '#app/stats/calibration/scores.ts'
import type { Passing } from '../agreement/passing.ts'
import { CANNOT_JUDGE } from '../ratings/in-force/columns.ts'
import type { Dimension } from '../rubrics/read.ts'

/** Effective scores in columns, with what does not fit into a score. */
export type ReadScores = {
  scores: NamedScores
  dimensions: { id: string; key: string; name: string; levels: number[] }[]
  /** By rater: answers asked for, and how often the answer was "cannot judge". */
  asked: Uint32Array
  missing: Uint32Array
  /** Active time by rater and item, where it was measured. */
  timings: Timing[]
}

/**
 * The scores of the ratings that pass. Items and raters are numbered in the order of their ids, so that the same ratings give the
 * same figures whatever order they were read in.
 */
export function scoresOf({ columns, rows }: Passing): ReadScores {
  const dimensions = columns.dimensions.map(scaleOf)
  const items = numbered(rows, columns.item, columns.items.names)
  const raters = numbered(rows, columns.rater, columns.raters.names)
  const asked = new Uint32Array(raters.names.length)
  const missing = new Uint32Array(raters.names.length)
  const timings: Timing[] = []
  const most = rows.length * dimensions.length
  const [item, rater] = [new Uint32Array(most), new Uint32Array(most)]
  const [dimension, level] = [new Uint8Array(most), new Uint8Array(most)]
  let n = 0
  for (const row of rows) {
    const i = items.numbers[columns.item[row] as number] as number
    const j = raters.numbers[columns.rater[row] as number] as number
    const activeMs = columns.activeMs[row] as number
    if (!Number.isNaN(activeMs)) timings.push({ rater: j, item: i, seconds: activeMs / 1000 })
    columns.codes.forEach((codes, d) => {
      const code = codes[row] as number
      if (code === 0) return
      asked[j] = (asked[j] as number) + 1
      if (code === CANNOT_JUDGE) {
        missing[j] = (missing[j] as number) + 1
        return
      }
      item[n] = i
      rater[n] = j
      dimension[n] = d
      level[n] = code - 1
      n++
    })
  }
  return {
    scores: {
      levels: dimensions.map(({ levels }) => levels),
      itemCount: items.names.length,
      raterCount: raters.names.length,
      item: item.slice(0, n),
      rater: rater.slice(0, n),
      dimension: dimension.slice(0, n),
      level: level.slice(0, n),
      items: items.names,
      raters: raters.names,
      dimensions: dimensions.map(({ key }) => key),
    },
    dimensions,
    asked,
    missing,
    timings,
  }
}

const scaleOf = ({ id, key, name, levels }: Dimension) => ({ id, key, name, levels: levels.map(({ value }) => value) })

/** Those that rows have, in the order of their names, and their new numbers by the old ones. */
function numbered(rows: Uint32Array, column: Uint32Array, all: readonly string[]) {
  const seen = new Uint8Array(all.length)
  for (const row of rows) seen[column[row] as number] = 1
  const names = all.filter((_, number) => seen[number] === 1).sort()
  const places = new Map(names.map((name, place) => [name, place]))
  return { names, numbers: Uint32Array.from(all, (name) => places.get(name) ?? 0) }
}

import type { Design } from './design.ts'

/**
 * The columns of the mixed model's equations: raters, then rater x dimension, then means of dimensions, then the values. Each
 * entry has a 1 in one column of each kind, and its value in the last.
 */
export interface Columns {
  readonly size: number
  /** Columns of raters, and of raters and rater x dimension together. */
  readonly raters: number
  readonly effects: number
  readonly means: number
  /** Columns that an entry has something in: `perEntry` of them from `perEntry * entry`; the last is that of the values. */
  readonly perEntry: number
  readonly place: Int32Array
}

export function columnsOf(design: Design, rater: boolean, raterDimension: boolean): Columns {
  const { measurements, raters, dimensions, columnOf, dimensionColumnOf } = design
  const own = rater ? raters : 0
  const effects = own + (raterDimension ? raters * dimensions : 0)
  const size = effects + dimensions + 1
  const perEntry = (rater ? 1 : 0) + (raterDimension ? 1 : 0) + 2
  const entries = measurements.value.length
  const place = new Int32Array(entries * perEntry)
  for (let entry = 0; entry < entries; entry++) {
    const column = columnOf[measurements.rater[entry] as number] as number
    const mean = dimensionColumnOf[measurements.dimension[entry] as number] as number
    let at = entry * perEntry
    if (rater) place[at++] = column
    if (raterDimension) place[at++] = own + column * dimensions + mean
    place[at++] = effects + mean
    place[at] = size - 1
  }
  return { size, raters: own, effects, means: dimensions, perEntry, place }
}

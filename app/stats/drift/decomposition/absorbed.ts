import { columnCount, readingColumn, type TwoPeriods, versionColumn } from './two-periods.ts'

/** Entries grouped by item, each with the one or two unknowns that it holds beside its item. */
export interface AbsorbedDesign {
  readonly columns: number
  /** Entries of item i stand from `starts[i]` up to `starts[i + 1]`. */
  readonly starts: Uint32Array
  readonly reading: Uint32Array
  /** -1 under version 0. */
  readonly version: Int32Array
  readonly score: Float64Array
}

/** Normal equations of the unknowns beside the items. */
export interface NormalEquations {
  readonly columns: number
  /** columns x columns, row by row. */
  readonly matrix: Float64Array
  readonly right: Float64Array
}

/** The additive model y = item + reading of rater in period + version, as a design with the items to be absorbed. */
export function absorbedDesign(ratings: TwoPeriods): AbsorbedDesign {
  const { itemCount, item, score } = ratings
  const starts = new Uint32Array(itemCount + 1)
  for (const i of item) starts[i + 1] = (starts[i + 1] as number) + 1
  for (let i = 0; i < itemCount; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number)
  const next = starts.slice()
  const design = {
    columns: columnCount(ratings),
    starts,
    reading: new Uint32Array(item.length),
    version: new Int32Array(item.length),
    score: new Float64Array(item.length),
  }
  item.forEach((i, entry) => {
    const at = next[i] as number
    next[i] = at + 1
    const version = ratings.version[entry] as number
    design.reading[at] = readingColumn(ratings.rater[entry] as number, ratings.period[entry] as number)
    design.version[at] = version === 0 ? -1 : versionColumn(ratings.raterCount, version)
    design.score[at] = score[entry] as number
  })
  return design
}

/**
 * Normal equations after each item's own level is taken out (the within-item projection): an item with one rating adds nothing.
 *
 * @param weights of the items, 1 each where null
 */
export function normalEquations(design: AbsorbedDesign, weights: Float64Array | null): NormalEquations {
  const { columns, starts, reading, version, score } = design
  const matrix = new Float64Array(columns * columns)
  const right = new Float64Array(columns)
  const add = (row: number, column: number, value: number) => {
    if (row < 0 || column < 0) return
    const cell = row * columns + column
    matrix[cell] = (matrix[cell] as number) + value
  }
  for (let i = 0; i + 1 < starts.length; i++) {
    const start = starts[i] as number
    const end = starts[i + 1] as number
    const n = end - start
    if (n < 2) continue
    const weight = weights === null ? 1 : (weights[i] as number)
    let mean = 0
    for (let e = start; e < end; e++) mean += (score[e] as number) / n
    for (let e = start; e < end; e++) {
      const here = reading[e] as number
      const under = version[e] as number
      const deviation = weight * ((score[e] as number) - mean)
      right[here] = (right[here] as number) + deviation
      if (under >= 0) right[under] = (right[under] as number) + deviation
      for (let f = start; f < end; f++) {
        const value = weight * ((e === f ? 1 : 0) - 1 / n)
        add(here, reading[f] as number, value)
        add(here, version[f] as number, value)
        add(under, reading[f] as number, value)
        add(under, version[f] as number, value)
      }
    }
  }
  return { columns, matrix, right }
}

/**
 * The additive model y = item + first + second in columns: entry e of item i holds unknown `first[e]` and, where not -1, unknown
 * `second[e]` beside its item. Items may be many and are absorbed; the other unknowns are few.
 */
export interface AbsorbedDesign {
  /** Unknowns beside the items. */
  readonly columns: number
  /** Entries of item i stand from `starts[i]` up to `starts[i + 1]`. */
  readonly starts: Uint32Array
  readonly first: Int32Array
  readonly second: Int32Array
  readonly score: Float64Array
}

/** Normal equations of the unknowns beside the items. */
export interface NormalEquations {
  readonly columns: number
  /** columns x columns, row by row. */
  readonly matrix: Float64Array
  readonly right: Float64Array
}

/** Entries in any order, to be grouped by item. */
export interface AdditiveEntries {
  readonly itemCount: number
  readonly columns: number
  readonly item: Uint32Array
  readonly score: Float64Array
  first(entry: number): number
  /** -1 for none. */
  second(entry: number): number
}

export function absorbedDesign({ itemCount, columns, item, score, first, second }: AdditiveEntries): AbsorbedDesign {
  const starts = new Uint32Array(itemCount + 1)
  for (const i of item) starts[i + 1] = (starts[i + 1] as number) + 1
  for (let i = 0; i < itemCount; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number)
  const next = starts.slice()
  const design = {
    columns,
    starts,
    first: new Int32Array(item.length),
    second: new Int32Array(item.length),
    score: new Float64Array(item.length),
  }
  item.forEach((i, entry) => {
    const at = next[i] as number
    next[i] = at + 1
    design.first[at] = first(entry)
    design.second[at] = second(entry)
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
  const { columns, starts, first, second, score } = design
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
      const here = first[e] as number
      const also = second[e] as number
      const deviation = weight * ((score[e] as number) - mean)
      right[here] = (right[here] as number) + deviation
      if (also >= 0) right[also] = (right[also] as number) + deviation
      for (let f = start; f < end; f++) {
        const value = weight * ((e === f ? 1 : 0) - 1 / n)
        add(here, first[f] as number, value)
        add(here, second[f] as number, value)
        add(also, first[f] as number, value)
        add(also, second[f] as number, value)
      }
    }
  }
  return { columns, matrix, right }
}

/** Squares about the fitted scores, and how many degrees of freedom they have. */
export function residualSquares(
  { starts, first, second, score }: AbsorbedDesign,
  solution: Float64Array,
  kept: number,
): { readonly squares: number; readonly df: number } {
  let squares = 0
  let df = -kept
  for (let i = 0; i + 1 < starts.length; i++) {
    const start = starts[i] as number
    const end = starts[i + 1] as number
    if (end - start < 2) continue
    const rest = new Float64Array(end - start).map((_, r) => {
      const e = start + r
      const also = second[e] as number
      return (
        (score[e] as number) - (solution[first[e] as number] as number) - (also < 0 ? 0 : (solution[also] as number))
      )
    })
    const mean = rest.reduce((sum, value) => sum + value, 0) / rest.length
    for (const value of rest) squares += (value - mean) ** 2
    df += rest.length - 1
  }
  return { squares, df }
}

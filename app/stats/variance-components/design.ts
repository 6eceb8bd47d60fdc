/**
 * Numbers given to cases by raters on dimensions, in columns, for the crossed mixed model. At most one entry per case, rater and
 * dimension; cases, raters and dimensions are numbered from 0, and some may have no entry.
 */
export interface Measurements {
  readonly caseCount: number
  readonly raterCount: number
  readonly dimensionCount: number
  readonly item: ArrayLike<number>
  readonly rater: ArrayLike<number>
  readonly dimension: ArrayLike<number>
  readonly value: ArrayLike<number>
}

/** Random parts of the model besides the residual. The first three sit within a case, the last two go across cases. */
export const PARTS = ['case', 'caseDimension', 'caseRater', 'rater', 'raterDimension'] as const

export type Part = (typeof PARTS)[number]

/** The measurements by case, with raters and dimensions numbered anew so that each has an entry. */
export interface Design {
  readonly measurements: Measurements
  /** Entries of case i: `order[starts[i]]` up to `order[starts[i + 1]]`. */
  readonly order: Uint32Array
  readonly starts: Uint32Array
  /** Column of a rater among those with an entry; -1 without. */
  readonly columnOf: Int32Array
  readonly raters: number
  /** Cases with an entry. */
  readonly cases: number
  readonly dimensions: number
  /** Column of a dimension among those with an entry; -1 without. */
  readonly dimensionColumnOf: Int32Array
}

export function designOf(measurements: Measurements): Design {
  const { item, rater, dimension, caseCount, raterCount, dimensionCount } = measurements
  const raters = columns(rater, raterCount)
  const dimensions = columns(dimension, dimensionCount)
  const { order, starts } = byCase(item, caseCount)
  let cases = 0
  for (let i = 0; i < caseCount; i++) if ((starts[i + 1] as number) > (starts[i] as number)) cases++
  return {
    measurements,
    order,
    starts,
    columnOf: raters.columnOf,
    raters: raters.count,
    cases,
    dimensions: dimensions.count,
    dimensionColumnOf: dimensions.columnOf,
  }
}

/** Counting sort. */
function byCase(item: ArrayLike<number>, caseCount: number) {
  const starts = new Uint32Array(caseCount + 1)
  for (let entry = 0; entry < item.length; entry++) {
    const next = (item[entry] as number) + 1
    starts[next] = (starts[next] as number) + 1
  }
  for (let i = 0; i < caseCount; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number)
  const fill = starts.slice()
  const order = new Uint32Array(item.length)
  for (let entry = 0; entry < item.length; entry++) {
    const i = item[entry] as number
    order[fill[i] as number] = entry
    fill[i] = (fill[i] as number) + 1
  }
  return { order, starts }
}

function columns(numbers: ArrayLike<number>, count: number): { columnOf: Int32Array; count: number } {
  const columnOf = new Int32Array(count).fill(-1)
  for (let entry = 0; entry < numbers.length; entry++) columnOf[numbers[entry] as number] = 0
  let column = 0
  columnOf.forEach((seen, number) => {
    if (seen === 0) columnOf[number] = column++
  })
  return { columnOf, count: column }
}

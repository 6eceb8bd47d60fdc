/**
 * Items grouped by what they add to the sums from which a statistic is made: all that a bootstrap over items needs. Group g
 * holds `sizes[g]` items that each add `values[j]` to sum `columns[j]`, for j from `starts[g]` up to `starts[g + 1]`.
 * Costs follow the number of groups, not the number of items.
 */
export interface Contributions {
  /** How many sums there are. */
  readonly width: number
  readonly sizes: Float64Array
  readonly starts: Uint32Array
  readonly columns: Uint32Array
  readonly values: Float64Array
}

/**
 * A quantity computed from sums over items and the number of items. It returns NaN where the quantity does not exist in a
 * draw (for instance no variation); such draws are counted and left out, and NaN never leaves this folder.
 */
export type Statistic = (sums: Float64Array, items: number) => number

/** What one item adds to which sums. */
export type Additions = readonly (readonly [column: number, value: number])[]

/** One group of items: how many, and what each of them adds. */
export interface Group {
  readonly size: number
  readonly add: Additions
}

/** Adds `times` items to the sums; a negative `times` takes them out. */
export function addTimes(sums: Float64Array, add: Additions, times: number): void {
  for (const [column, value] of add) sums[column] = (sums[column] as number) + times * value
}

export function contributionsFrom(width: number, groups: readonly Group[]): Contributions {
  const starts = new Uint32Array(groups.length + 1)
  const columns: number[] = []
  const values: number[] = []
  groups.forEach((group, g) => {
    for (const [column, value] of group.add) {
      if (value === 0) continue
      columns.push(column)
      values.push(value)
    }
    starts[g + 1] = columns.length
  })
  return {
    width,
    sizes: Float64Array.from(groups, (group) => group.size),
    starts,
    columns: Uint32Array.from(columns),
    values: Float64Array.from(values),
  }
}

/** Number of items in all groups together. */
export function itemCount(contributions: Contributions): number {
  return contributions.sizes.reduce((sum, size) => sum + size, 0)
}

/** Adds `times` items of group `g` to the sums; a negative `times` takes them out. */
export function addGroup(sums: Float64Array, contributions: Contributions, g: number, times: number): void {
  const { starts, columns, values } = contributions
  const end = starts[g + 1] as number
  for (let j = starts[g] as number; j < end; j++) {
    const column = columns[j] as number
    sums[column] = (sums[column] as number) + times * (values[j] as number)
  }
}

/** The sums when group g holds `sizes[g]` items, written into `sums` (default: new, as observed). */
export function sumsOf(
  contributions: Contributions,
  sizes: Float64Array = contributions.sizes,
  sums = new Float64Array(contributions.width),
): Float64Array {
  sums.fill(0)
  for (let g = 0; g < sizes.length; g++) {
    const size = sizes[g] as number
    if (size !== 0) addGroup(sums, contributions, g, size)
  }
  return sums
}

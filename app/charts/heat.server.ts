/** A pair of things with the value between them; `few`: it rests on too little to be coloured. */
export type HeatPair = { first: string; second: string; value: number | null; n: number; few: boolean }

export type HeatCell = { value: number | null; n: number /** 1 lowest; null: not coloured. */; level: number | null }

/** The lower triangle of a symmetric matrix: rows in blocks, columns all but the last name. */
export type Heat = {
  columns: string[]
  blocks: { row: string; cells: (HeatCell | null)[] }[][]
}

/**
 * Lays pairs out as a triangle. Names stand in the order of the blocks; the first name has no row and the last no column.
 *
 * @param bounds where each level above the first begins, rising
 */
export function heatOf(
  pairs: readonly HeatPair[],
  blocks: readonly (readonly string[])[],
  bounds: readonly number[],
): Heat {
  const order = blocks.flat()
  const byNames = new Map(
    pairs.flatMap((pair) => [
      [keyOf(pair.first, pair.second), pair],
      [keyOf(pair.second, pair.first), pair],
    ]),
  )
  const cell = (row: string, column: string): HeatCell | null => {
    const pair = byNames.get(keyOf(row, column))
    if (!pair) return null
    const coloured = pair.value !== null && !pair.few
    return { value: pair.value, n: pair.n, level: coloured ? levelOf(pair.value as number, bounds) : null }
  }
  return {
    columns: order.slice(0, -1),
    blocks: blocks
      .map((names) =>
        names
          .filter((name) => name !== order[0])
          .map((row) => ({ row, cells: order.slice(0, order.indexOf(row)).map((column) => cell(row, column)) })),
      )
      .filter((rows) => rows.length > 0),
  }
}

const keyOf = (row: string, column: string): string => JSON.stringify([row, column])

const levelOf = (value: number, bounds: readonly number[]): number =>
  1 + bounds.filter((bound) => value >= bound).length

/** Names ordered so that those with the highest mean value to the others come first; those without any value last. */
export function orderByMean(pairs: readonly HeatPair[], names: readonly string[]): string[] {
  const meanOf = (name: string): number => {
    const values = pairs.flatMap(({ first, second, value }) =>
      value !== null && (first === name || second === name) ? [value] : [],
    )
    return values.length === 0
      ? Number.NEGATIVE_INFINITY
      : values.reduce((sum, value) => sum + value, 0) / values.length
  }
  const means = new Map(names.map((name) => [name, meanOf(name)]))
  return [...names].sort((a, b) => (means.get(b) as number) - (means.get(a) as number) || (a < b ? -1 : 1))
}

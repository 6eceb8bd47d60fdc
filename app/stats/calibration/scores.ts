import { checkLevels } from '../agreement/levels.ts'

/**
 * The effective ratings of several dimensions under one rubric version, in columns: entry i says that rater `rater[i]` gave
 * item `item[i]` on dimension `dimension[i]` the level of that dimension with index `level[i]`. At most one entry per item,
 * rater and dimension; missing scores ("cannot judge") have no entry.
 */
export interface Scores {
  /** The rubric's levels of each dimension, used or not. */
  readonly levels: readonly (readonly number[])[]
  /** Items and raters are numbered from 0; some may have no entry. */
  readonly itemCount: number
  readonly raterCount: number
  readonly item: Uint32Array
  readonly rater: Uint32Array
  readonly dimension: Uint8Array
  readonly level: Uint8Array
}

/** One score with the names it came with; `score` null is missing. */
export interface ScoreRow {
  readonly item: string
  readonly rater: string
  readonly dimension: string
  readonly score: number | null
}

/** Scores together with the names of items, raters and dimensions, by their number. */
export interface NamedScores extends Scores {
  readonly items: readonly string[]
  readonly raters: readonly string[]
  readonly dimensions: readonly string[]
}

const MOST_DIMENSIONS = 255

/**
 * Scores from rows. Items, raters and dimensions are numbered in order of appearance; those with missing scores only are known
 * but have no entry.
 *
 * @param levelsOf the rubric's levels of a dimension
 * @throws RangeError when a score is not one of the levels, a rater scored an item twice on a dimension, or there are more
 *   than 255 dimensions
 */
export function scoresFrom(rows: Iterable<ScoreRow>, levelsOf: (dimension: string) => readonly number[]): NamedScores {
  const items = new Map<string, number>()
  const raters = new Map<string, number>()
  const dimensions = new Map<string, number>()
  const levels: (readonly number[])[] = []
  const columns = { item: [] as number[], rater: [] as number[], dimension: [] as number[], level: [] as number[] }
  for (const { item, rater, dimension, score } of rows) {
    const itemNumber = numberOf(items, item)
    const raterNumber = numberOf(raters, rater)
    const dimensionNumber = numberOf(dimensions, dimension)
    if (dimensionNumber === levels.length) levels.push(checkLevels(levelsOf(dimension)))
    if (score === null) continue
    const scale = levels[dimensionNumber] as readonly number[]
    const level = score - (scale[0] as number)
    if (!Number.isInteger(level) || level < 0 || level >= scale.length)
      throw new RangeError(
        `the score ${score} that ${rater} gave ${item} on ${dimension} is not one of the levels ${scale.join(', ')}`,
      )
    columns.item.push(itemNumber)
    columns.rater.push(raterNumber)
    columns.dimension.push(dimensionNumber)
    columns.level.push(level)
  }
  if (levels.length > MOST_DIMENSIONS)
    throw new RangeError(`at most ${MOST_DIMENSIONS} dimensions, not ${levels.length}`)
  const scores = {
    levels,
    itemCount: items.size,
    raterCount: raters.size,
    item: Uint32Array.from(columns.item),
    rater: Uint32Array.from(columns.rater),
    dimension: Uint8Array.from(columns.dimension),
    level: Uint8Array.from(columns.level),
    items: [...items.keys()],
    raters: [...raters.keys()],
    dimensions: [...dimensions.keys()],
  }
  refuseDoubles(scores)
  return scores
}

function numberOf(names: Map<string, number>, name: string): number {
  const known = names.get(name)
  if (known !== undefined) return known
  names.set(name, names.size)
  return names.size - 1
}

function refuseDoubles(scores: NamedScores): void {
  const { order } = byItem(scores)
  for (let position = 1; position < order.length; position++) {
    const [a, b] = [order[position - 1] as number, order[position] as number]
    if (scores.item[a] === scores.item[b] && cellOf(scores, a) === cellOf(scores, b)) {
      const [item, rater] = [scores.items[scores.item[a] as number], scores.raters[scores.rater[a] as number]]
      throw new RangeError(`${rater} scored ${item} twice on ${scores.dimensions[scores.dimension[a] as number]}`)
    }
  }
}

/** Number of the (rater, dimension) cell of an entry. */
export function cellOf({ rater, dimension, levels }: Scores, entry: number): number {
  return (rater[entry] as number) * levels.length + (dimension[entry] as number)
}

/** The most levels any dimension has. */
export function widthOf({ levels }: Pick<Scores, 'levels'>): number {
  return levels.reduce((width, scale) => Math.max(width, scale.length), 0)
}

/** Entries grouped by item: `order[starts[item]]` up to `order[starts[item + 1]]`, within an item by rater, then dimension. */
export interface ByItem {
  readonly order: Uint32Array
  readonly starts: Uint32Array
}

/** @param takes 1 for the entries to keep; all by default */
export function byItem(scores: Scores, takes?: Uint8Array): ByItem {
  const { item, itemCount } = scores
  const starts = new Uint32Array(itemCount + 1)
  for (let entry = 0; entry < item.length; entry++) {
    const next = (item[entry] as number) + 1
    if (takes === undefined || takes[entry] === 1) starts[next] = (starts[next] as number) + 1
  }
  for (let i = 0; i < itemCount; i++) starts[i + 1] = (starts[i + 1] as number) + (starts[i] as number)
  const fill = starts.slice()
  const order = new Uint32Array(starts[itemCount] as number)
  for (let entry = 0; entry < item.length; entry++) {
    if (takes !== undefined && takes[entry] !== 1) continue
    const i = item[entry] as number
    const position = fill[i] as number
    order[position] = entry
    fill[i] = position + 1
  }
  for (let i = 0; i < itemCount; i++) {
    const group = order.subarray(starts[i], starts[i + 1])
    if (group.length > 1) group.sort((a, b) => cellOf(scores, a) - cellOf(scores, b))
  }
  return { order, starts }
}

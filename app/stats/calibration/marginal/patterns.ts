import type { Frame } from '../frame.ts'
import { cellOf } from '../scores.ts'
import { SequenceNumbers } from './tree.ts'

/**
 * Items by what the marginal likelihood needs of them. In a Rasch model the posterior of an item depends on its scores through
 * their total alone, given by whom and on what it was scored. So items are grouped into **sets** (the same raters on the same
 * dimensions) and, within a set, **patterns** (the same total). A **visit** is one rater with the dimensions scored at once;
 * a set is a sequence of visits.
 */
export interface Patterns {
  readonly visitRater: Uint32Array
  /** Cells (rater, dimension) of each visit: `visitCells[visitStarts[v]]` up to `visitCells[visitStarts[v + 1]]`. */
  readonly visitStarts: Uint32Array
  readonly visitCells: Uint32Array
  /** Visits of each set, laid out alike. */
  readonly setStarts: Uint32Array
  readonly setVisits: Uint32Array
  /** Patterns of each set, laid out alike: total of level indices and number of items. */
  readonly patternStarts: Uint32Array
  readonly totals: Float64Array
  readonly counts: Float64Array
  /** Items of each pattern, laid out alike. */
  readonly itemStarts: Uint32Array
  readonly items: Uint32Array
  /** The most cells any set has. */
  readonly mostCells: number
}

export function patternsOf(frame: Frame): Patterns {
  const { scores, entries } = frame
  const cells = scores.raterCount * scores.levels.length
  const visitNumbers = new SequenceNumbers(cells)
  const visits = ragged()
  const visitRater: number[] = []
  const sets = ragged()
  // A visit is known by its number; there can be as many visits as entries.
  const setNumbers = new SequenceNumbers(entries.order.length + 1)
  const itemSet = new Int32Array(scores.itemCount).fill(-1)
  const itemTotal = new Float64Array(scores.itemCount)
  const cellBuffer = new Uint32Array(scores.levels.length)
  const visitBuffer = new Uint32Array(scores.raterCount)
  let mostCells = 0
  for (let item = 0; item < scores.itemCount; item++) {
    const [from, to] = [entries.starts[item] as number, entries.starts[item + 1] as number]
    if (from === to) continue
    mostCells = Math.max(mostCells, to - from)
    let visitCount = 0
    let position = from
    while (position < to) {
      const rater = scores.rater[entries.order[position] as number] as number
      let cellCount = 0
      for (; position < to; position++) {
        const entry = entries.order[position] as number
        if (scores.rater[entry] !== rater) break
        cellBuffer[cellCount++] = cellOf(scores, entry)
        itemTotal[item] = (itemTotal[item] as number) + (scores.level[entry] as number)
      }
      const { number, isNew } = visitNumbers.numberOf(cellBuffer, cellCount)
      if (isNew) {
        visits.add(cellBuffer, cellCount)
        visitRater.push(rater)
      }
      visitBuffer[visitCount++] = number
    }
    const { number, isNew } = setNumbers.numberOf(visitBuffer, visitCount)
    if (isNew) sets.add(visitBuffer, visitCount)
    itemSet[item] = number
  }
  const [visitStarts, visitCells] = visits.columns()
  const [setStarts, setVisits] = sets.columns()
  return {
    visitRater: Uint32Array.from(visitRater),
    visitStarts,
    visitCells,
    setStarts,
    setVisits,
    mostCells,
    ...grouped(itemSet, itemTotal, setStarts.length - 1),
  }
}

function ragged() {
  const starts = [0]
  const values: number[] = []
  return {
    add(row: ArrayLike<number>, length: number): void {
      for (let i = 0; i < length; i++) values.push(row[i] as number)
      starts.push(values.length)
    },
    columns: (): [Uint32Array, Uint32Array] => [Uint32Array.from(starts), Uint32Array.from(values)],
  }
}

/** Items in the order of set and total, with the starts of patterns and sets. */
function grouped(
  itemSet: Int32Array,
  itemTotal: Float64Array,
  sets: number,
): Pick<Patterns, 'patternStarts' | 'totals' | 'counts' | 'itemStarts' | 'items'> {
  const items = Uint32Array.from(itemSet.keys()).filter((item) => (itemSet[item] as number) >= 0)
  items.sort(
    (a, b) =>
      (itemSet[a] as number) - (itemSet[b] as number) || (itemTotal[a] as number) - (itemTotal[b] as number) || a - b,
  )
  const patternStarts = new Uint32Array(sets + 1)
  const totals: number[] = []
  const itemStarts: number[] = []
  items.forEach((item, position) => {
    const before = items[position - 1]
    const set = itemSet[item] as number
    if (before === undefined || itemSet[before] !== set || itemTotal[before] !== itemTotal[item]) {
      totals.push(itemTotal[item] as number)
      itemStarts.push(position)
    }
    patternStarts[set + 1] = totals.length
  })
  itemStarts.push(items.length)
  return {
    patternStarts,
    totals: Float64Array.from(totals),
    counts: Float64Array.from(
      totals,
      (_, pattern) => (itemStarts[pattern + 1] as number) - (itemStarts[pattern] as number),
    ),
    itemStarts: Uint32Array.from(itemStarts),
    items,
  }
}

import { type Scores, widthOf } from './scores.ts'

export type Model = 'partial-credit' | 'rating-scale'
export type Method = 'mml' | 'jml'

/** Which scores a fit can use, and why the others are left out. */
export interface TakingPart {
  /** 1 for each entry that takes part. */
  readonly takes: Uint8Array
  /** D x width: 1 where the level can occur. A level that nobody used has probability 0, the limit of maximum likelihood. */
  readonly used: Uint8Array
  /** Why a rater or dimension has no finite parameter; null where it has one. */
  readonly raterOut: readonly (string | null)[]
  readonly dimensionOut: readonly (string | null)[]
  /** Joint method: -1 for items with the lowest possible total, 1 for the highest, else 0. */
  readonly itemEnd: Int8Array
}

/**
 * Leaves out what has no finite maximum likelihood estimate, until nothing changes: dimensions without variation, raters whose
 * every score is at the same end and, in the joint method, items with the lowest or highest possible total (the marginal
 * method needs no rule for them: Linacre 1989; Bock & Aitkin 1981).
 */
export function takingPart(scores: Scores, model: Model, method: Method): TakingPart {
  const takes = new Uint8Array(scores.item.length).fill(1)
  const raterOut: (string | null)[] = Array.from({ length: scores.raterCount }, () => null)
  const dimensionOut: (string | null)[] = scores.levels.map(() => null)
  const onlyLevel = new Int16Array(scores.levels.length).fill(-1)
  const itemEnd = new Int8Array(scores.itemCount)
  for (;;) {
    const ends = endsOf(scores, takes, model)
    const dimensions = endOf(scores.dimension, scores.levels.length, scores, takes, ends)
    const noVariation = leaveOut(dimensions, scores.dimension, takes, (dimension, end) => {
      dimensionOut[dimension] = 'every score on this dimension is the same, so it tells nothing about raters'
      onlyLevel[dimension] = (end < 0 ? ends.lowest : ends.highest)[dimension] as number
    })
    if (noVariation) continue
    const raters = endOf(scores.rater, scores.raterCount, scores, takes, ends)
    let changed = leaveOut(raters, scores.rater, takes, (rater, end) => {
      raterOut[rater] = `gave only the ${end < 0 ? 'lowest' : 'highest'} level in use, so severity has no finite value`
    })
    if (method === 'jml') {
      const items = endOf(scores.item, scores.itemCount, scores, takes, ends)
      changed =
        leaveOut(items, scores.item, takes, (item, end) => {
          itemEnd[item] = end
        }) || changed
    }
    if (changed) continue
    markEmpty(scores.rater, takes, raterOut, "none of this rater's scores can be compared")
    markEmpty(scores.dimension, takes, dimensionOut, 'there is no score on this dimension that can be compared')
    return { takes, used: usedLevels(scores, takes, model, onlyLevel), raterOut, dimensionOut, itemEnd }
  }
}

/** Lowest and highest level in use, by dimension; over all dimensions in the rating scale model. */
interface Ends {
  readonly lowest: Uint8Array
  readonly highest: Uint8Array
}

function endsOf({ dimension, level, levels }: Scores, takes: Uint8Array, model: Model): Ends {
  const lowest = new Uint8Array(levels.length).fill(255)
  const highest = new Uint8Array(levels.length)
  for (let entry = 0; entry < takes.length; entry++) {
    if (takes[entry] !== 1) continue
    const d = dimension[entry] as number
    lowest[d] = Math.min(lowest[d] as number, level[entry] as number)
    highest[d] = Math.max(highest[d] as number, level[entry] as number)
  }
  if (model === 'rating-scale') {
    lowest.fill(lowest.reduce((a, b) => Math.min(a, b), 255))
    highest.fill(highest.reduce((a, b) => Math.max(a, b), 0))
  }
  return { lowest, highest }
}

/** By group: -1 when every score that takes part is at the lowest level, 1 at the highest, else 0. */
function endOf(group: ArrayLike<number>, groups: number, scores: Scores, takes: Uint8Array, ends: Ends): Int8Array {
  const count = new Uint32Array(groups)
  const low = new Uint32Array(groups)
  const high = new Uint32Array(groups)
  for (let entry = 0; entry < takes.length; entry++) {
    if (takes[entry] !== 1) continue
    const g = group[entry] as number
    const d = scores.dimension[entry] as number
    count[g] = (count[g] as number) + 1
    if (scores.level[entry] === ends.lowest[d]) low[g] = (low[g] as number) + 1
    if (scores.level[entry] === ends.highest[d]) high[g] = (high[g] as number) + 1
  }
  return Int8Array.from(count, (n, g) => (n === 0 ? 0 : low[g] === n ? -1 : high[g] === n ? 1 : 0))
}

function leaveOut(
  end: Int8Array,
  group: ArrayLike<number>,
  takes: Uint8Array,
  note: (group: number, end: number) => void,
): boolean {
  if (end.every((value) => value === 0)) return false
  end.forEach((value, g) => {
    if (value !== 0) note(g, value)
  })
  for (let entry = 0; entry < takes.length; entry++) if (end[group[entry] as number] !== 0) takes[entry] = 0
  return true
}

function markEmpty(group: ArrayLike<number>, takes: Uint8Array, out: (string | null)[], reason: string): void {
  const filled = new Uint8Array(out.length)
  for (let entry = 0; entry < takes.length; entry++) if (takes[entry] === 1) filled[group[entry] as number] = 1
  for (let g = 0; g < out.length; g++) if (filled[g] === 0) out[g] = out[g] ?? reason
}

/** A dimension without variation keeps its one level: its expected score is that level. */
function usedLevels(scores: Scores, takes: Uint8Array, model: Model, onlyLevel: Int16Array): Uint8Array {
  const width = widthOf(scores)
  const used = new Uint8Array(scores.levels.length * width)
  const pooled = new Uint8Array(width)
  const taking = new Set<number>()
  for (let entry = 0; entry < takes.length; entry++) {
    if (takes[entry] !== 1) continue
    const d = scores.dimension[entry] as number
    taking.add(d)
    used[d * width + (scores.level[entry] as number)] = 1
    pooled[scores.level[entry] as number] = 1
  }
  if (model === 'rating-scale') for (const d of taking) used.set(pooled, d * width)
  onlyLevel.forEach((level, d) => {
    if (level >= 0) used[d * width + level] = 1
  })
  return used
}

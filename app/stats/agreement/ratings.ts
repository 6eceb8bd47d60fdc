import { checkLevels, MISSING } from './levels.ts'

/**
 * The effective ratings of one dimension under one rubric version, in columns: entry i says that rater `rater[i]` gave item
 * `item[i]` the level `levels[level[i]]`. At most one entry per item and rater; missing scores have no entry.
 */
export interface Ratings {
  /** The rubric's levels, used or not. */
  readonly levels: readonly number[]
  /** Items and raters are numbered from 0; some may have no entry. */
  readonly itemCount: number
  readonly raterCount: number
  readonly item: Uint32Array
  readonly rater: Uint32Array
  /** Index into `levels`. */
  readonly level: Uint8Array
}

/** One rating as a triple; `score` null is missing ("cannot judge" is missing, not a low score). */
export interface Triple {
  readonly item: string
  readonly rater: string
  readonly score: number | null
}

/** Ratings together with the names of its items and raters, by their number. */
export interface NamedRatings extends Ratings {
  readonly items: readonly string[]
  readonly raters: readonly string[]
}

/**
 * Ratings from triples. Items and raters are numbered in order of appearance; those with missing scores only are known but
 * have no entry.
 *
 * @throws RangeError when a score is not one of the levels, or an item has two ratings by one rater
 */
export function ratingsFrom(triples: Iterable<Triple>, levels: readonly number[]): NamedRatings {
  const first = checkLevels(levels)[0] as number
  const items = new Map<string, number>()
  const raters = new Map<string, number>()
  const seen = new Set<string>()
  const entries: { item: number; rater: number; level: number }[] = []
  for (const { item, rater, score } of triples) {
    const itemNumber = numberOf(items, item)
    const raterNumber = numberOf(raters, rater)
    if (score === null) continue
    const level = score - first
    if (!Number.isInteger(level) || level < 0 || level >= levels.length)
      throw new RangeError(
        `the score ${score} that ${rater} gave ${item} is not one of the levels ${levels.join(', ')}`,
      )
    const key = `${itemNumber} ${raterNumber}`
    if (seen.has(key)) throw new RangeError(`${rater} rated ${item} twice`)
    seen.add(key)
    entries.push({ item: itemNumber, rater: raterNumber, level })
  }
  return {
    levels,
    itemCount: items.size,
    raterCount: raters.size,
    item: Uint32Array.from(entries, (entry) => entry.item),
    rater: Uint32Array.from(entries, (entry) => entry.rater),
    level: Uint8Array.from(entries, (entry) => entry.level),
    items: [...items.keys()],
    raters: [...raters.keys()],
  }
}

function numberOf(names: Map<string, number>, name: string): number {
  const known = names.get(name)
  if (known !== undefined) return known
  names.set(name, names.size)
  return names.size - 1
}

/** Ratings as a full grid, items x raters in rows, `MISSING` where there is no entry. */
export function gridOf(ratings: Ratings): Uint8Array {
  const grid = new Uint8Array(ratings.itemCount * ratings.raterCount).fill(MISSING)
  for (let i = 0; i < ratings.item.length; i++)
    grid[(ratings.item[i] as number) * ratings.raterCount + (ratings.rater[i] as number)] = ratings.level[i] as number
  return grid
}

import type { Frame } from '../frame.ts'
import type { MarginalFit } from '../marginal/marginal.ts'
import { cellOf } from '../scores.ts'

/**
 * What encounters of the same two raters have in common where the same others scored the item, on the same dimensions: all but
 * the levels given. Of those the chance of identical vectors needs the total of the others alone.
 */
export interface EncounterKind {
  /** Chance of identical vectors at every node. */
  readonly match: Float64Array
  /** Log prior less the normalising sums of the other raters of the item at every node. */
  readonly exponent: Float64Array
  /** Chance of identical vectors by total of the others' level indices, as far as it was asked for; NaN where not yet. */
  readonly chances: Float64Array
}

/** Two raters on the same item, many times over, in columns: entries are given by their numbers in the frame. */
export interface Encounters {
  readonly pairs: readonly { readonly first: number; readonly second: number; readonly items: number }[]
  readonly count: number
  /** Of each encounter: the number of the pair, and of its kind. */
  readonly pair: Uint32Array
  readonly kind: Uint32Array
  readonly kinds: readonly EncounterKind[]
  /** Entries of the two on the dimensions that both scored: from `starts[i]` up to `starts[i + 1]`. */
  readonly starts: Uint32Array
  readonly first: Uint32Array
  readonly second: Uint32Array
  /** Entries of the other raters of the item, laid out alike. */
  readonly otherStarts: Uint32Array
  readonly others: Uint32Array
}

/** With more, every second, third, ... item is looked at: pairs then share so many items that it does not matter. */
const MOST_ENCOUNTERS = 200_000

/** All pairs of raters on common items. Raters count in the order of their numbers. */
export function encountersOf(frame: Frame, { sums }: MarginalFit): Encounters {
  const { scores, entries, width } = frame
  const { nodes, tables } = sums
  const count = nodes.theta.length
  const dimensions = scores.levels.length
  const stride = Math.ceil(encounterCount(frame) / MOST_ENCOUNTERS) || 1
  const pairs: { first: number; second: number; items: number }[] = []
  const numbers = new Map<number, number>()
  const matches = new Map<string, Float64Array>()
  const kindNumbers = new Map<string, number>()
  const kinds: EncounterKind[] = []
  const pairOf: number[] = []
  const kindsOf: number[] = []
  const starts = [0]
  const firsts: number[] = []
  const seconds: number[] = []
  const otherStarts = [0]
  const allOthers: number[] = []

  const matchOf = (a: number, b: number, common: readonly number[]): Float64Array => {
    const key = `${a} ${b} ${common.join(' ')}`
    const known = matches.get(key)
    if (known !== undefined) return known
    const match = new Float64Array(count).fill(1)
    for (const d of common)
      for (let q = 0; q < count; q++) {
        let same = 0
        for (let k = 0; k < width; k++)
          same +=
            (tables.probability[((a * dimensions + d) * width + k) * count + q] as number) *
            (tables.probability[((b * dimensions + d) * width + k) * count + q] as number)
        match[q] = (match[q] as number) * same
      }
    matches.set(key, match)
    return match
  }
  const cellsOf = (list: Uint32Array) => Array.from(list, (entry) => cellOf(scores, entry)).join(' ')
  const kindOf = (a: number, b: number, common: readonly number[], others: Uint32Array): number => {
    const key = `${a} ${b}/${common.join(' ')}/${cellsOf(others)}`
    const known = kindNumbers.get(key)
    if (known !== undefined) return known
    const exponent = nodes.logWeight.slice()
    let most = 0
    for (const entry of others) {
      const row = cellOf(scores, entry) * count
      for (let q = 0; q < count; q++) exponent[q] = (exponent[q] as number) - (tables.logSum[row + q] as number)
      most += (scores.levels[scores.dimension[entry] as number]?.length ?? 1) - 1
    }
    kinds.push({ match: matchOf(a, b, common), exponent, chances: new Float64Array(most + 1).fill(Number.NaN) })
    kindNumbers.set(key, kinds.length - 1)
    return kinds.length - 1
  }

  for (let item = 0; item < scores.itemCount; item += stride) {
    const visits = visitsOf(frame, entries.starts[item] as number, entries.starts[item + 1] as number)
    for (let i = 0; i < visits.length; i++)
      for (let j = i + 1; j < visits.length; j++) {
        const [one, two] = [visits[i] as Uint32Array, visits[j] as Uint32Array]
        const inBoth = (visit: Uint32Array, other: Uint32Array) =>
          visit.filter((entry) => other.some((e) => scores.dimension[e] === scores.dimension[entry]))
        const first = inBoth(one, two)
        const second = inBoth(two, one)
        if (first.length === 0) continue
        const [a, b] = [scores.rater[one[0] as number] as number, scores.rater[two[0] as number] as number]
        const key = a * scores.raterCount + b
        let pair = numbers.get(key)
        if (pair === undefined) {
          pair = pairs.length
          numbers.set(key, pair)
          pairs.push({ first: a, second: b, items: 0 })
        }
        const known = pairs[pair] as { items: number }
        known.items++
        const others = Uint32Array.from(visits.flatMap((visit, v) => (v === i || v === j ? [] : [...visit])))
        const common = Array.from(first, (entry) => scores.dimension[entry] as number)
        pairOf.push(pair)
        kindsOf.push(kindOf(a, b, common, others))
        firsts.push(...first)
        seconds.push(...second)
        starts.push(firsts.length)
        allOthers.push(...others)
        otherStarts.push(allOthers.length)
      }
  }
  return {
    pairs,
    count: pairOf.length,
    pair: Uint32Array.from(pairOf),
    kind: Uint32Array.from(kindsOf),
    kinds,
    starts: Uint32Array.from(starts),
    first: Uint32Array.from(firsts),
    second: Uint32Array.from(seconds),
    otherStarts: Uint32Array.from(otherStarts),
    others: Uint32Array.from(allOthers),
  }
}

/** Entries of each rater within one item's entries. */
function visitsOf({ scores }: Frame, from: number, to: number): Uint32Array[] {
  const visits: Uint32Array[] = []
  for (let start = from; start < to; ) {
    let end = start + 1
    while (end < to && scores.rater[end] === scores.rater[start]) end++
    visits.push(Uint32Array.from({ length: end - start }, (_, i) => start + i))
    start = end
  }
  return visits
}

function encounterCount(frame: Frame): number {
  const { starts } = frame.entries
  let count = 0
  for (let item = 0; item < frame.scores.itemCount; item++) {
    const visits = visitsOf(frame, starts[item] as number, starts[item + 1] as number).length
    count += (visits * (visits - 1)) / 2
  }
  return count
}

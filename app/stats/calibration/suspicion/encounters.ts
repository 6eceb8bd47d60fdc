import type { Frame } from '../frame.ts'
import type { MarginalFit } from '../marginal/marginal.ts'

/** Two raters on the same item, with what a comparison of their scores needs. */
export interface Encounter {
  /** Number of the pair in `pairs`. */
  readonly pair: number
  readonly item: number
  /** Entries of the first and of the second on the dimensions that both scored. */
  readonly first: Uint32Array
  readonly second: Uint32Array
  /** Chance of identical vectors at every node. */
  readonly match: Float64Array
  /** Log prior less the normalising sums of the other raters of the item at every node, and their entries. */
  readonly exponent: Float64Array
  readonly others: Uint32Array
}

export interface Encounters {
  readonly pairs: readonly { readonly first: number; readonly second: number; readonly items: number }[]
  readonly encounters: readonly Encounter[]
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
  const encounters: Encounter[] = []

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
        const exponent = nodes.logWeight.slice()
        const others = Uint32Array.from(visits.flatMap((visit, v) => (v === i || v === j ? [] : [...visit])))
        for (const entry of others) {
          const row = ((scores.rater[entry] as number) * dimensions + (scores.dimension[entry] as number)) * count
          for (let q = 0; q < count; q++) exponent[q] = (exponent[q] as number) - (tables.logSum[row + q] as number)
        }
        const common = Array.from(first, (entry) => scores.dimension[entry] as number)
        encounters.push({ pair, item, first, second, match: matchOf(a, b, common), exponent, others })
      }
  }
  return { pairs, encounters }
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

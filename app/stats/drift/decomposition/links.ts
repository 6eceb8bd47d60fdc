import type { Reason } from './separable.ts'
import { readingColumn, type TwoPeriods, versionColumn } from './two-periods.ts'

/**
 * Why a design leaves directions undetermined: no item rated in both periods, a version that shares no item with another one, or
 * raters who share no item with the rest.
 *
 * @param undetermined directions of `independence` that matter to the parts
 */
export function designReasons(ratings: TwoPeriods, undetermined: readonly Float64Array[]): Reason[] {
  if (undetermined.length === 0) return []
  const reasons: Reason[] = []
  const anchored = hasAnchors(ratings)
  if (!anchored) reasons.push({ kind: 'no-anchors' })
  const versions = Array.from({ length: ratings.versionCount }, (_, version) => version).filter(
    (version) =>
      version > 0 && undetermined.some((direction) => direction[versionColumn(ratings.raterCount, version)] !== 0),
  )
  if (versions.length > 0) reasons.push({ kind: 'no-bridge', versions })
  const raters = unlinkedRaters(ratings, anchored ? 1 : 2)
  if (raters.length > 0) reasons.push({ kind: 'unlinked-raters', raters })
  return reasons
}

function hasAnchors({ itemCount, item, period }: TwoPeriods): boolean {
  const seen = new Uint8Array(itemCount)
  item.forEach((i, entry) => {
    seen[i] = (seen[i] as number) | (period[entry] === 0 ? 1 : 2)
  })
  return seen.includes(3)
}

/** Raters of a period outside the `expected` largest groups that rated items connect. */
function unlinkedRaters({ itemCount, raterCount, item, rater, period }: TwoPeriods, expected: number): number[] {
  const groupOf = new Int32Array(2 * raterCount + itemCount).map((_, node) => node)
  const find = (node: number): number => {
    let root = node
    while (groupOf[root] !== root) root = groupOf[root] as number
    while (groupOf[node] !== root) {
      const next = groupOf[node] as number
      groupOf[node] = root
      node = next
    }
    return root
  }
  const members = new Set<number>()
  item.forEach((i, entry) => {
    const column = readingColumn(rater[entry] as number, period[entry] as number)
    members.add(column)
    groupOf[find(2 * raterCount + i)] = find(column)
  })
  const sizes = new Map<number, number>()
  for (const column of members) sizes.set(find(column), (sizes.get(find(column)) ?? 0) + 1)
  const largest = [...sizes.entries()].sort((a, b) => b[1] - a[1]).slice(0, expected)
  const linked = new Set(largest.map(([root]) => root))
  const outside = [...members].filter((column) => !linked.has(find(column))).map((column) => Math.floor(column / 2))
  return [...new Set(outside)].sort((a, b) => a - b)
}

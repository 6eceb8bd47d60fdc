import type { Scores } from './scores.ts'

/** The connected parts of the graph whose nodes are raters and items and whose edges are scores. */
export interface Components {
  readonly count: number
  /** Component of each rater and item, 0 being the one with the most scores; -1 where there is no score. */
  readonly ofRater: Int32Array
  readonly ofItem: Int32Array
}

/** A rating that would join a smaller component to the largest: `rater` of the one scores `item` of the other. */
export interface Link {
  readonly component: number
  readonly rater: number
  readonly item: number
}

/**
 * Connected components by union-find. Severities are comparable within a component only: between components a severe rater
 * cannot be told from poor items.
 *
 * @param takes 1 for the entries to look at; all by default
 */
export function componentsOf(scores: Scores, takes?: Uint8Array): Components {
  const { raterCount, itemCount, item, rater } = scores
  const parent = Uint32Array.from({ length: raterCount + itemCount }, (_, node) => node)
  const rootOf = (start: number): number => {
    let node = start
    while (parent[node] !== node) {
      parent[node] = parent[parent[node] as number] as number
      node = parent[node] as number
    }
    return node
  }
  const weight = new Float64Array(raterCount + itemCount)
  for (let entry = 0; entry < item.length; entry++) {
    if (takes !== undefined && takes[entry] !== 1) continue
    const a = rootOf(rater[entry] as number)
    const b = rootOf(raterCount + (item[entry] as number))
    parent[b] = a
    weight[a] = (weight[a] as number) + 1 + (a === b ? 0 : (weight[b] as number))
  }
  const roots: number[] = []
  for (let node = 0; node < parent.length; node++)
    if (parent[node] === node && (weight[node] as number) > 0) roots.push(node)
  roots.sort((a, b) => (weight[b] as number) - (weight[a] as number) || a - b)
  const numbers = new Int32Array(raterCount + itemCount).fill(-1)
  roots.forEach((root, number) => {
    numbers[root] = number
  })
  const component = Int32Array.from(parent, (_, node) => numbers[rootOf(node)] as number)
  return { count: roots.length, ofRater: component.slice(0, raterCount), ofItem: component.slice(raterCount) }
}

/**
 * For each component but the largest, one rating that would join it: the item there with the most scores, by the rater of the
 * largest component with the fewest. One link makes severities comparable at all; several make the comparison precise.
 */
export function linksToJoin(scores: Scores, { count, ofRater, ofItem }: Components): Link[] {
  if (count < 2) return []
  const perRater = new Float64Array(scores.raterCount)
  const perItem = new Float64Array(scores.itemCount)
  for (let entry = 0; entry < scores.item.length; entry++) {
    const [rater, item] = [scores.rater[entry] as number, scores.item[entry] as number]
    perRater[rater] = (perRater[rater] as number) + 1
    perItem[item] = (perItem[item] as number) + 1
  }
  const raters = [...ofRater.keys()].filter((rater) => ofRater[rater] === 0)
  const rater = raters.reduce((a, b) => ((perRater[b] as number) < (perRater[a] as number) ? b : a))
  const best = new Int32Array(count).fill(-1)
  ofItem.forEach((component, item) => {
    if (component < 0) return
    const known = best[component] as number
    if (known < 0 || (perItem[item] as number) > (perItem[known] as number)) best[component] = item
  })
  return Array.from({ length: count - 1 }, (_, index) => ({
    component: index + 1,
    rater,
    item: best[index + 1] as number,
  }))
}

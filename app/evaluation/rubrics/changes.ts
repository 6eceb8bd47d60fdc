/**
 * What changed between two versions of a rubric, and what that means for figures that cross them. Pure.
 * docs/methods/rubric-versions.md says why each kind has the rule it has.
 */
import type { DimensionContent, LevelContent, RubricContent } from './content.ts'

/**
 * How a kind of change stands to a bridge (the same items rated blind under both versions):
 * `asked`: scores may well move, so a trend across the versions is drawn broken until a bridge links them;
 * `worth having`: scores may move a little, and a bridge would tell; `not needed`: nothing a score rests on changed;
 * `no past`: there is nothing to bridge from; `ends`: there is nothing to bridge to.
 */
export type Bridging = 'ends' | 'no past' | 'asked' | 'worth having' | 'not needed'

/** The kinds of change in the order in which they are told, each with its words and its rule. */
export const KINDS = {
  added: { what: 'dimension added', bridge: 'no past' },
  removed: { what: 'dimension removed', bridge: 'ends' },
  levels: { what: 'levels added or removed', bridge: 'asked' },
  anchor: { what: 'anchor reworded', bridge: 'asked' },
  label: { what: 'level relabelled', bridge: 'asked' },
  description: { what: 'description reworded', bridge: 'asked' },
  name: { what: 'dimension renamed', bridge: 'worth having' },
  examples: { what: 'examples changed', bridge: 'worth having' },
  order: { what: 'order changed', bridge: 'worth having' },
  rationale: { what: 'rule for notes changed', bridge: 'not needed' },
  weight: { what: 'weight changed', bridge: 'not needed' },
  spacing: { what: 'only spaces changed', bridge: 'not needed' },
} as const satisfies Record<string, { what: string; bridge: Bridging }>

export type ChangeKind = keyof typeof KINDS

const ALL_KINDS = Object.keys(KINDS) as ChangeKind[]
const BY_WEIGHT: readonly Bridging[] = ['ends', 'no past', 'asked', 'worth having', 'not needed']

/** A dimension that is not the same in both versions. */
export type DimensionChange = {
  key: string
  /** Its name in the later version, or in the earlier one where it was removed. */
  name: string
  kinds: ChangeKind[]
  bridge: Bridging
}

export type VersionChange = {
  /** In the order of the later version, those removed last. Empty: a rater is told the same. */
  dimensions: DimensionChange[]
  /** Every kind that occurs. */
  kinds: ChangeKind[]
}

/** What changed from one version to another. Dimensions are matched by their key, levels by their value. */
export function changesBetween(before: RubricContent, after: RubricContent): VersionChange {
  const former = new Map(before.dimensions.map((dimension) => [dimension.key, dimension]))
  const later = new Set(after.dimensions.map(({ key }) => key))
  const moved = movedKeys(before, after)
  const dimensions: DimensionChange[] = []
  const add = ({ key, name }: DimensionContent, kinds: ChangeKind[]) => {
    if (kinds.length > 0) dimensions.push({ key, name, kinds, bridge: heaviest(kinds) })
  }
  for (const dimension of after.dimensions) {
    const past = former.get(dimension.key)
    add(dimension, past ? kindsWithin(past, dimension, moved.has(dimension.key)) : ['added'])
  }
  for (const dimension of before.dimensions) if (!later.has(dimension.key)) add(dimension, ['removed'])
  const found = new Set(dimensions.flatMap(({ kinds }) => kinds))
  return { dimensions, kinds: ALL_KINDS.filter((kind) => found.has(kind)) }
}

/** The rule that goes before the others among those of several kinds of change. */
const heaviest = (kinds: readonly ChangeKind[]): Bridging =>
  BY_WEIGHT.find((bridge) => kinds.some((kind) => KINDS[kind].bridge === bridge)) ?? 'not needed'

function kindsWithin(before: DimensionContent, after: DimensionContent, moved: boolean): ChangeKind[] {
  const found = new Set<ChangeKind>()
  const compare = (kind: ChangeKind, from = '', to = '') => {
    if (from !== to) found.add(collapsed(from) === collapsed(to) ? 'spacing' : kind)
  }
  compare('name', before.name, after.name)
  compare('description', before.description, after.description)
  if ((before.weight ?? 1) !== (after.weight ?? 1)) found.add('weight')
  if ((before.rationaleAtOrBelow ?? null) !== (after.rationaleAtOrBelow ?? null)) found.add('rationale')
  if (moved) found.add('order')
  const values = ({ levels }: DimensionContent) => levels.map(({ value }) => value).join()
  if (values(before) !== values(after)) found.add('levels')
  for (const level of after.levels) {
    const past = before.levels.find(({ value }) => value === level.value)
    if (!past) continue
    compare('anchor', past.anchor, level.anchor)
    compare('label', past.label, level.label)
    if (examplesOf(past) !== examplesOf(level)) found.add('examples')
  }
  return ALL_KINDS.filter((kind) => found.has(kind))
}

const examplesOf = ({ examples = [] }: LevelContent): string => JSON.stringify(examples)

/** A page draws runs of white space as one space. */
const collapsed = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** The dimensions that stand elsewhere among those the versions share: all but a longest run that kept its order. */
function movedKeys(before: RubricContent, after: RubricContent): Set<string> {
  const places = new Map(before.dimensions.map(({ key }, place) => [key, place]))
  const shared = after.dimensions.flatMap(({ key }) => {
    const place = places.get(key)
    return place === undefined ? [] : [{ key, place }]
  })
  // For each, the longest run in order that ends with it (a rubric has 20 dimensions at most).
  const runs: { length: number; from: number }[] = []
  for (const [index, { place }] of shared.entries()) {
    let best = { length: 1, from: -1 }
    for (let earlier = 0; earlier < index; earlier++) {
      const length = (runs[earlier]?.length ?? 0) + 1
      if ((shared[earlier]?.place ?? 0) < place && length > best.length) best = { length, from: earlier }
    }
    runs.push(best)
  }
  const longest = Math.max(0, ...runs.map(({ length }) => length))
  const kept = new Set<string>()
  for (let at = runs.findIndex(({ length }) => length === longest); at >= 0; at = runs[at]?.from ?? -1) {
    kept.add(shared[at]?.key ?? '')
  }
  return new Set(shared.map(({ key }) => key).filter((key) => !kept.has(key)))
}

/** What is to be bridged between two versions: keys of dimensions by rule, in the order of the later version. */
export type Bridge = Record<'asked' | 'worthHaving' | 'noPast' | 'ends', string[]>

/** The dimensions for which a bridge between two versions is asked for, and those for which other rules hold. */
export function bridgeOf({ dimensions }: VersionChange): Bridge {
  const under = (bridge: Bridging) => dimensions.filter((one) => one.bridge === bridge).map(({ key }) => key)
  return { asked: under('asked'), worthHaving: under('worth having'), noPast: under('no past'), ends: under('ends') }
}

/** The texts of two versions side by side, word by word. Pure, for the server: the browser gets pieces. */
import { diffWordsWithSpace } from 'diff'
import { type Bridging, type ChangeKind, changesBetween } from './changes.ts'
import type { DimensionContent, LevelContent, RubricContent } from './content.ts'

/** A piece of text: in both versions, or in one. */
export type Piece = { kind: 'same' | 'added' | 'removed'; text: string }

/** A text that differs: what it is ("Level 3"), and its pieces in reading order. */
export type TextDifference = { what: string; pieces: Piece[] }

export type DimensionDifference = {
  key: string
  name: string
  is: 'same' | 'changed' | 'added' | 'removed'
  kinds: ChangeKind[]
  bridge: Bridging
  /** Its place in either version, from 1; null where it is not there. */
  places: { before: number | null; after: number | null }
  /** What differs; all of it where the dimension is in one version only, nothing where it is the same in both. */
  texts: TextDifference[]
}

/** Two versions side by side: every dimension of either, in the order of the later one, those removed last. */
export function differencesBetween(before: RubricContent, after: RubricContent): DimensionDifference[] {
  const changed = new Map(changesBetween(before, after).dimensions.map((one) => [one.key, one]))
  const shown = [
    ...after.dimensions,
    ...before.dimensions.filter(({ key }) => !after.dimensions.some((one) => one.key === key)),
  ]
  return shown.map(({ key, name }) => {
    const [past, present] = [placed(before, key), placed(after, key)]
    const { kinds = [], bridge = 'not needed' } = changed.get(key) ?? {}
    return {
      key,
      name,
      is: past === null ? 'added' : present === null ? 'removed' : kinds.length > 0 ? 'changed' : 'same',
      kinds,
      bridge,
      places: { before: past?.place ?? null, after: present?.place ?? null },
      texts: kinds.length === 0 ? [] : textsOf(past?.dimension ?? null, present?.dimension ?? null),
    }
  })
}

function placed({ dimensions }: RubricContent, key: string): { dimension: DimensionContent; place: number } | null {
  const index = dimensions.findIndex((one) => one.key === key)
  const dimension = dimensions[index]
  return dimension ? { dimension, place: index + 1 } : null
}

function textsOf(before: DimensionContent | null, after: DimensionContent | null): TextDifference[] {
  const texts: TextDifference[] = []
  const add = (what: string, from: string, to: string) => {
    if (from !== to) texts.push({ what, pieces: piecesOf(from, to) })
  }
  // Of a dimension that is in one version only, its name stands above, and what is as everywhere need not be said.
  if (before && after) add('Name', before.name, after.name)
  add('Description', before?.description ?? '', after?.description ?? '')
  add('Weight', weightOf(before ?? USUAL), weightOf(after ?? USUAL))
  add('Note', noteRule(before ?? USUAL), noteRule(after ?? USUAL))
  const values = new Set([...(before?.levels ?? []), ...(after?.levels ?? [])].map(({ value }) => value))
  for (const value of [...values].sort((a, b) => a - b)) {
    const [past, present] = [levelOf(before, value), levelOf(after, value)]
    add(`Level ${value}`, wholeOf(past), wholeOf(present))
    const examples = Math.max(past?.examples?.length ?? 0, present?.examples?.length ?? 0)
    for (let n = 0; n < examples; n++) {
      add(`Level ${value}, example ${n + 1}`, past?.examples?.[n] ?? '', present?.examples?.[n] ?? '')
    }
  }
  return texts
}

type Ruled = Pick<DimensionContent, 'weight' | 'rationaleAtOrBelow'>

const USUAL: Ruled = { weight: 1, rationaleAtOrBelow: null }

const weightOf = ({ weight = 1 }: Ruled): string => String(weight)

const noteRule = ({ rationaleAtOrBelow = null }: Ruled): string =>
  rationaleAtOrBelow === null ? 'never asked for' : `asked for at ${rationaleAtOrBelow} and below`

const levelOf = (dimension: DimensionContent | null, value: number): LevelContent | undefined =>
  dimension?.levels.find((level) => level.value === value)

const wholeOf = (level: LevelContent | undefined): string => {
  if (!level) return ''
  return level.label ? `${level.label}: ${level.anchor}` : level.anchor
}

/** Below this share of common letters, single words in common only confuse: the texts are shown one after the other. */
const LEAST_COMMON = 0.2
const LONGEST_MS = 250

/** Two texts as pieces: what is only in the first, only in the second, and in both. */
export function piecesOf(before: string, after: string): Piece[] {
  const whole: Piece[] = [
    { kind: 'removed' as const, text: before },
    { kind: 'added' as const, text: after },
  ].filter(({ text }) => text !== '')
  if (whole.length < 2) return whole
  const parts = diffWordsWithSpace(before, after, { timeout: LONGEST_MS })
  if (!parts) return whole
  const pieces = parts.map(({ value, added, removed }): Piece => {
    return { kind: added ? 'added' : removed ? 'removed' : 'same', text: value }
  })
  const common = pieces.reduce((sum, { kind, text }) => sum + (kind === 'same' ? text.trim().length : 0), 0)
  return common < LEAST_COMMON * Math.min(before.length, after.length) ? whole : pieces
}

/**
 * A draft while it is edited: every field as it is typed, and the steps that add, remove and move rows. Pure, and the same in
 * the browser and, where no script runs, on the server.
 */
import type { DimensionContent, RubricContent } from './content.ts'
import { FEWEST_LEVELS, isKey, MOST_DIMENSIONS, MOST_EXAMPLES, MOST_LEVELS } from './faults.ts'

/** `row` tells rows apart while they move; it is never stored. */
export type LevelEntry = { row: string; label: string; anchor: string; examples: string[] }

export type DimensionEntry = {
  row: string
  key: string
  name: string
  description: string
  weight: string
  /** The level at or below which a note is asked for; empty: never. */
  rationale: string
  /** The number of the first level; the others follow. */
  lowest: number
  /** Lowest first. */
  levels: LevelEntry[]
}

export type RubricEntry = { dimensions: DimensionEntry[] }

/** Stored content as the editor's fields. */
export function entryOf({ dimensions }: RubricContent): RubricEntry {
  let rows = 0
  const row = () => String(rows++)
  return {
    dimensions: dimensions.map((dimension) => ({
      row: row(),
      key: dimension.key,
      name: dimension.name,
      description: dimension.description ?? '',
      weight: String(dimension.weight ?? 1),
      rationale: String(dimension.rationaleAtOrBelow ?? ''),
      lowest: dimension.levels[0]?.value ?? 1,
      levels: dimension.levels.map(({ label = '', anchor, examples = [] }) => ({
        row: row(),
        label,
        anchor,
        examples: [...examples],
      })),
    })),
  }
}

/** The fields as content. A key that was left out is made from the name; empty examples are left out. */
export function contentOf({ dimensions }: RubricEntry): RubricContent {
  const taken = new Set(dimensions.map(({ key }) => key.trim()).filter(Boolean))
  return {
    dimensions: dimensions.map((entry, index): DimensionContent => {
      const key = entry.key.trim() || newKey(entry.name, index, taken)
      taken.add(key)
      return {
        key,
        name: oneLine(entry.name),
        description: tidy(entry.description),
        weight: entry.weight.trim() === '' ? 1 : Number(entry.weight.trim().replace(',', '.')),
        rationaleAtOrBelow: entry.rationale === '' ? null : Number(entry.rationale),
        levels: entry.levels.map(({ label, anchor, examples }, place) => ({
          value: entry.lowest + place,
          label: oneLine(label),
          anchor: tidy(anchor),
          examples: examples.map(tidy).filter(Boolean),
        })),
      }
    }),
  }
}

const tidy = (text: string): string => text.replaceAll(/\r\n?/g, '\n').trim()
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** A key made from a name: "Appropriate uncertainty" is "appropriate-uncertainty". Empty where no letter can be used. */
export function keyFromName(name: string): string {
  const letters = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const made = letters.replaceAll(/[^a-z0-9]+/g, '-').slice(0, 48)
  return made.replaceAll(/^-+|-+$/g, '')
}

function newKey(name: string, index: number, taken: ReadonlySet<string>): string {
  const made = keyFromName(name)
  const stem = isKey(made) ? made : `dimension-${index + 1}`
  let key = stem
  for (let n = 2; taken.has(key); n++) key = `${stem}-${n}`
  return key
}

/** A dimension with nothing written yet, on the scale of the one before it. */
export function emptyDimension(before: DimensionEntry | undefined, row: () => string): DimensionEntry {
  return {
    row: row(),
    key: '',
    name: '',
    description: '',
    weight: '1',
    rationale: '',
    lowest: before?.lowest ?? 1,
    levels: Array.from({ length: before?.levels.length ?? 4 }, () => emptyLevel(row)),
  }
}

const emptyLevel = (row: () => string): LevelEntry => ({ row: row(), label: '', anchor: '', examples: [] })

const STEPS = [
  'add-dimension',
  'remove-dimension',
  'up',
  'down',
  'add-highest',
  'add-lowest',
  'remove-highest',
  'remove-lowest',
  'add-example',
] as const

/** A step as a button says it: its name, the dimension's place, and for an example the level's place. */
export type Step = { name: (typeof STEPS)[number]; dimension: number; level: number }

/** `up:2` as a step; null for what is none. */
export function stepIn(value: string): Step | null {
  const [said = '', dimension = '0', level = '0'] = value.split(':')
  const name = STEPS.find((one) => one === said)
  const places = [Number(dimension), Number(level)] as const
  return name && places.every(Number.isSafeInteger) ? { name, dimension: places[0], level: places[1] } : null
}

/** The entry after a step; the same entry where the step is not possible. */
export function stepped(entry: RubricEntry, { name, dimension: at, level }: Step): RubricEntry {
  const { dimensions } = entry
  const row = rowsAfter(entry)
  if (name === 'add-dimension') {
    if (dimensions.length >= MOST_DIMENSIONS) return entry
    return { dimensions: [...dimensions, emptyDimension(dimensions.at(-1), row)] }
  }
  const here = dimensions[at]
  if (!here) return entry
  if (name === 'remove-dimension') return { dimensions: dimensions.filter((one) => one !== here) }
  if (name === 'up' || name === 'down') {
    const other = dimensions[name === 'up' ? at - 1 : at + 1]
    if (!other) return entry
    return { dimensions: dimensions.map((one) => (one === here ? other : one === other ? here : one)) }
  }
  const next = name === 'add-example' ? withExample(here, level) : rescaled(here, name, row)
  return { dimensions: dimensions.map((one) => (one === here ? next : one)) }
}

function withExample(dimension: DimensionEntry, place: number): DimensionEntry {
  const add = (level: LevelEntry): LevelEntry =>
    level.examples.length < MOST_EXAMPLES ? { ...level, examples: [...level.examples, ''] } : level
  return { ...dimension, levels: dimension.levels.map((level, at) => (at === place ? add(level) : level)) }
}

/** Levels are added and removed at the ends, so that no other level changes its number. */
function rescaled(dimension: DimensionEntry, name: Step['name'], row: () => string): DimensionEntry {
  const { levels, lowest, rationale } = dimension
  const adds = name === 'add-highest' || name === 'add-lowest'
  if (adds ? levels.length >= MOST_LEVELS : levels.length <= FEWEST_LEVELS) return dimension
  const next = { ...dimension }
  if (name === 'add-highest') next.levels = [...levels, emptyLevel(row)]
  if (name === 'add-lowest') Object.assign(next, { levels: [emptyLevel(row), ...levels], lowest: lowest - 1 })
  if (name === 'remove-highest') next.levels = levels.slice(0, -1)
  if (name === 'remove-lowest') Object.assign(next, { levels: levels.slice(1), lowest: lowest + 1 })
  const highest = next.lowest + next.levels.length - 1
  // A rule that named a level now gone names the nearest one that is left; below the lowest it asks for nothing.
  if (rationale !== '' && Number(rationale) > highest) next.rationale = String(highest)
  if (rationale !== '' && Number(rationale) < next.lowest) next.rationale = ''
  return next
}

/** Gives names of rows that the entry does not have. */
function rowsAfter({ dimensions }: RubricEntry): () => string {
  const used = dimensions.flatMap(({ row, levels }) => [row, ...levels.map((level) => level.row)])
  let next = Math.max(-1, ...used.map(Number).filter(Number.isSafeInteger)) + 1
  return () => String(next++)
}

/** A rubric before anything was written: one dimension on levels 1 to 4. */
export function emptyContent(): RubricContent {
  let rows = 0
  return contentOf({ dimensions: [emptyDimension(undefined, () => String(rows++))] })
}

/** The editor's fields by name, the same in the browser and on the server. */
import type { DimensionEntry, LevelEntry, RubricEntry } from '#app/evaluation/rubrics/entry.ts'
import { MOST_DIMENSIONS, MOST_EXAMPLES, MOST_LEVELS } from '#app/evaluation/rubrics/faults.ts'
import { textOf } from '#app/http/entered.ts'

export type DimensionField = 'row' | 'key' | 'name' | 'description' | 'weight' | 'rationale' | 'lowest'
export type LevelField = 'row' | 'label' | 'anchor'

export const dimensionField = (dimension: number, field: DimensionField): string => `d.${dimension}.${field}`
export const levelField = (dimension: number, level: number, field: LevelField): string =>
  `d.${dimension}.l.${level}.${field}`
export const exampleField = (dimension: number, level: number): string => `d.${dimension}.l.${level}.example`

/** What was typed, row by row as far as rows were sent. */
export function entryIn(form: FormData): RubricEntry {
  const dimensions: DimensionEntry[] = []
  for (let d = 0; d <= MOST_DIMENSIONS && form.has(dimensionField(d, 'row')); d++) {
    const text = (field: DimensionField) => textOf(form, dimensionField(d, field))
    const lowest = Number(text('lowest'))
    dimensions.push({
      row: text('row'),
      key: text('key'),
      name: text('name'),
      description: text('description'),
      weight: text('weight'),
      rationale: text('rationale'),
      lowest: Number.isSafeInteger(lowest) ? lowest : 1,
      levels: levelsIn(form, d),
    })
  }
  return { dimensions }
}

function levelsIn(form: FormData, d: number): LevelEntry[] {
  const levels: LevelEntry[] = []
  for (let l = 0; l <= MOST_LEVELS && form.has(levelField(d, l, 'row')); l++) {
    const text = (field: LevelField) => textOf(form, levelField(d, l, field))
    const examples = form.getAll(exampleField(d, l)).filter((value): value is string => typeof value === 'string')
    levels.push({
      row: text('row'),
      label: text('label'),
      anchor: text('anchor'),
      examples: examples.slice(0, MOST_EXAMPLES + 1),
    })
  }
  return levels
}

/** Where the focus goes when rows of the editor are added, moved and taken out. */
import type { RubricEntry, Step } from '#app/evaluation/rubrics/entry.ts'

export const nameId = (row: string) => `name-${row}`
export const anchorId = (row: string) => `anchor-${row}`

/** Where the focus goes after a step, and what is said of it. */
export function afterStep(before: RubricEntry, after: RubricEntry, step: Step): { id: string; words: string } {
  const { name, dimension: at, level } = step
  const count = after.dimensions.length
  const here = before.dimensions[at]
  const called = here?.name || `Dimension ${at + 1}`
  if (name === 'up' || name === 'down') {
    const place = name === 'up' ? at : at + 2
    return { id: `${name}-${here?.row}`, words: `${called} is now ${place} of ${count}.` }
  }
  if (name === 'add-dimension')
    return { id: nameId(after.dimensions.at(-1)?.row ?? ''), words: 'A dimension was added.' }
  if (name === 'remove-dimension') {
    const next = after.dimensions[Math.min(at, count - 1)]
    return { id: nameId(next?.row ?? ''), words: `${called} was taken out.` }
  }
  const dimension = after.dimensions[at]
  if (name === 'add-example') {
    const row = dimension?.levels[level]?.row
    return { id: `example-${row}-${(dimension?.levels[level]?.examples.length ?? 1) - 1}`, words: '' }
  }
  const levels = dimension?.levels ?? []
  const ends = name.endsWith('highest') ? levels.at(-1) : levels[0]
  return {
    id: anchorId(ends?.row ?? ''),
    words: `${called} now has levels ${dimension?.lowest} to ${(dimension?.lowest ?? 0) + levels.length - 1}.`,
  }
}

/** Where the focus goes when what was taken out is put back: to the row that was not there. */
export function backAt(past: RubricEntry, now: RubricEntry): string {
  const rows = new Set(now.dimensions.flatMap(({ row, levels }) => [row, ...levels.map((level) => level.row)]))
  const dimension = past.dimensions.find(({ row }) => !rows.has(row))
  if (dimension) return nameId(dimension.row)
  const level = past.dimensions.flatMap(({ levels }) => levels).find(({ row }) => !rows.has(row))
  return anchorId(level?.row ?? '')
}

/** Puts the focus on a control by its id, or on the one beside it where a move has switched it off. */
export function focusAfter(id: string): void {
  const control = document.getElementById(id)
  const usable =
    control instanceof HTMLButtonElement && control.disabled
      ? control.parentElement?.querySelector<HTMLElement>('button:enabled')
      : control
  usable?.focus()
}

/** Ids of a dimension's parts on the page, and the way of the focus among them. */

export const rowId = (dimension: string): string => `row-${dimension}`
export const noteId = (dimension: string): string => `note-${dimension}`

/** The dimension that an element belongs to. */
export const dimensionAt = (element: Element): string | null =>
  element.closest('.dimension')?.id.slice(rowId('').length) ?? null

/**
 * Puts the focus on a dimension: on its chosen level or, where none is, on its first. The form is told that it was moved
 * here, so that the first level does not look as if it were proposed.
 */
export function focusRow(dimension: string): void {
  const row = document.getElementById(rowId(dimension))
  const chosen = row?.querySelector<HTMLInputElement>('[type="radio"]:checked')
  const radio = chosen ?? row?.querySelector<HTMLInputElement>('[type="radio"]')
  row?.closest('form')?.setAttribute('data-moved', '')
  radio?.focus({ preventScroll: true })
  row?.scrollIntoView({ block: 'nearest' })
}

/** Puts the focus into the note of a dimension, if it shows one. */
export function focusNote(dimension: string): void {
  const note = document.getElementById(noteId(dimension))
  note?.focus()
  note?.scrollIntoView({ block: 'nearest' })
}

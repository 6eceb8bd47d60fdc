/** The panes of the rating page, as elements with a scroll of their own. */

/** A new item is read from its beginning. */
export function scrollPanesUp(): void {
  for (const pane of document.querySelectorAll('[data-pane], .desk')) pane.scrollTop = 0
  scrollTo(0, 0)
}

/** Puts the focus on the documents, the first of them unfolded; true unless it was there already. */
export function focusContext(): boolean {
  const sources = document.querySelector<HTMLElement>('.sources')
  if (!sources || sources.contains(document.activeElement)) return false
  const documents = Array.from(sources.querySelectorAll<HTMLDetailsElement>('section:first-child details'))
  const [first] = documents
  if (first && documents.every(({ open }) => !open)) first.open = true
  sources.focus({ preventScroll: true })
  sources.scrollIntoView({ block: 'nearest' })
  return true
}

/** Unfolds the references and puts the focus on them; true unless it was there already. */
export function focusReferences(): boolean {
  const references = document.querySelector<HTMLElement>('.references')
  if (!references || references.contains(document.activeElement)) return false
  const all = Array.from(references.querySelectorAll('details'))
  for (const one of all) one.open = true
  references.querySelector('summary')?.focus({ preventScroll: true })
  references.scrollIntoView({ block: 'start' })
  return true
}

export function focusFind(): void {
  const find = document.getElementById('find')
  if (!(find instanceof HTMLInputElement)) return
  find.focus()
  find.select()
}

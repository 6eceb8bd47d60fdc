/**
 * Texts as they stand on the page. Each text that can be searched or quoted is an element with `data-source`; a place in
 * it is a span of characters of its `textContent`, which no mark put around words changes.
 */
import type { EnteredEvidence } from '#app/evaluation/ratings/content.ts'
import { piecesOf, type Span, trimmed, wholeWords } from './passages.ts'

export type Source = EnteredEvidence['source']

const PANES = '[data-source]'

export const sourceElement = (source: Source): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-source="${source}"]`)

export const sourceElements = (): { source: Source; element: HTMLElement }[] =>
  Array.from(document.querySelectorAll<HTMLElement>(PANES), (element) => ({ source: sourceOf(element), element }))

const sourceOf = ({ dataset }: HTMLElement): Source =>
  dataset.source === 'response' ? 'response' : Number(dataset.source)

export function textNodes(element: HTMLElement): Text[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  const nodes: Text[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) nodes.push(node as Text)
  return nodes
}

/** The ranges that cover spans of a text; a span over several text nodes is one range. */
export function rangesOf(element: HTMLElement, spans: readonly Span[]): Range[] {
  const nodes = textNodes(element)
  const lengths = nodes.map((node) => node.length)
  return spans.flatMap((span) => {
    const pieces = piecesOf(lengths, span)
    const first = pieces[0]
    const last = pieces.at(-1)
    const [from, to] = [first && nodes[first.piece], last && nodes[last.piece]]
    if (!first || !last || !from || !to) return []
    const range = document.createRange()
    range.setStart(from, first.start)
    range.setEnd(to, last.end)
    return range
  })
}

/** Puts a mark around a span, in as many pieces as it takes; `dress` makes each mark what it should be. */
export function markSpan(element: HTMLElement, span: Span, dress: (mark: HTMLElement, last: boolean) => void): void {
  const nodes = textNodes(element)
  const pieces = piecesOf(
    nodes.map((node) => node.length),
    span,
  ).filter(({ piece }) => nodes[piece]?.data.trim())
  pieces.forEach(({ piece, start, end }, index) => {
    const node = nodes[piece]
    if (!node) return
    const middle = node.splitText(start)
    middle.splitText(end - start)
    const mark = document.createElement('mark')
    dress(mark, index === pieces.length - 1)
    middle.replaceWith(mark)
    mark.append(middle)
  })
}

/** Takes marks of a class off again, leaving the text as it was. */
export function unmark(element: HTMLElement, name: string): void {
  for (const mark of element.querySelectorAll(`mark.${name}`)) mark.replaceWith(...mark.childNodes)
  element.normalize()
}

/** What is selected in one of the texts, in whole words; null when nothing is. */
export function selectedPassage(): (Span & { source: Source; quote: string }) | null {
  const selection = document.getSelection()
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0)
  const start = range.startContainer
  const element = (start instanceof Element ? start : start.parentElement)?.closest<HTMLElement>(PANES)
  if (!element) return null
  const text = element.textContent ?? ''
  const from = lengthBefore(element, range.startContainer, range.startOffset)
  // A triple click selects up to the beginning of what follows, which may lie outside.
  const inside = element.contains(range.endContainer)
  const to = inside ? lengthBefore(element, range.endContainer, range.endOffset) : text.length
  const words = trimmed(text, { start: from, end: to })
  if (!words) return null
  const span = wholeWords(text, words)
  return { ...span, source: sourceOf(element), quote: text.slice(span.start, span.end) }
}

function lengthBefore(element: HTMLElement, node: Node, offset: number): number {
  const range = document.createRange()
  range.setStart(element, 0)
  range.setEnd(node, offset)
  return range.toString().length
}

/** Brings a passage into view, unfolding the document it is in; a third of the way down, so that what follows is seen. */
export function bringIntoView(range: Range): void {
  const start = range.startContainer
  const element = start instanceof Element ? start : start.parentElement
  const folded = element?.closest('details')
  if (folded) folded.open = true
  const scroller = scrollerOf(element)
  const { top, height } = scroller.getBoundingClientRect()
  const view = scroller === document.documentElement ? { top: 0, height: innerHeight } : { top, height }
  const there = range.getBoundingClientRect().top - view.top
  if (there > view.height * 0.1 && there < view.height * 0.5) return
  scroller.scrollBy({ top: there - view.height / 3 })
}

function scrollerOf(element: Element | null): Element {
  for (let one = element; one && one !== document.body; one = one.parentElement) {
    if (one.scrollHeight > one.clientHeight && /auto|scroll/.test(getComputedStyle(one).overflowY)) return one
  }
  return document.documentElement
}

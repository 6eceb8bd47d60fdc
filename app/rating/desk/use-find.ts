import { useEffect, useState } from 'react'
import { useBeforePaint } from '#app/ui/before-paint.ts'
import { findAll, type Span } from '../passages.ts'
import {
  bringIntoView,
  markSpan,
  rangesOf,
  type Source,
  sourceElement,
  sourceElements,
  unmark,
} from '../text-on-page.ts'

export type Hit = Span & { source: Source }

export type Find = {
  query: string
  hits: readonly Hit[]
  /** The place in `hits` of the one being looked at. */
  at: number
  search: (query: string) => void
  go: (by: 1 | -1) => void
  /** The hit being looked at, as a passage that can be attached. */
  passage: () => (Hit & { quote: string }) | null
}

const ALL = 'found'
const ONE = 'found-here'

/** More marks than these would make a page without highlights slow. */
const MARKS_MOST = 200

const hasHighlights = () => 'highlights' in CSS

function lookFor(query: string): Hit[] {
  if (query.trim() === '') return []
  return sourceElements().flatMap(({ source, element }) =>
    findAll(element.textContent ?? '', query).map((span) => ({ ...span, source })),
  )
}

function rangeOf(hit: Hit | undefined): Range | undefined {
  const element = hit && sourceElement(hit.source)
  return element ? rangesOf(element, [hit])[0] : undefined
}

/** Draws the hits over the texts, which stay as they are; where the browser cannot, marks are put around the words. */
function draw(hits: readonly Hit[], at: number): () => void {
  const elements = sourceElements()
  if (hasHighlights()) {
    const ranges = elements.flatMap(({ source, element }) =>
      rangesOf(
        element,
        hits.filter((hit) => hit.source === source),
      ),
    )
    const here = rangeOf(hits[at])
    CSS.highlights.set(ALL, new Highlight(...ranges))
    CSS.highlights.set(ONE, new Highlight(...(here ? [here] : [])))
    return () => {
      CSS.highlights.delete(ALL)
      CSS.highlights.delete(ONE)
    }
  }
  hits.slice(0, MARKS_MOST).forEach((hit, place) => {
    const element = sourceElement(hit.source)
    if (!element) return
    markSpan(element, hit, (mark) => {
      mark.className = 'hit'
      if (place === at) mark.dataset.here = ''
    })
  })
  return () => {
    for (const { element } of elements) unmark(element, 'hit')
  }
}

/** Finds words in the texts of the item on screen. What was looked for stays when the item changes. */
export function useFind(assignment: string): Find {
  const [query, setQuery] = useState('')
  const [hits, setHits] = useState<readonly Hit[]>([])
  const [at, setAt] = useState(0)

  useEffect(() => {
    setHits(assignment === '' ? [] : lookFor(query))
    setAt(0)
  }, [query, assignment])

  useBeforePaint(() => (hits.length > 0 ? draw(hits, at) : undefined), [hits, at])

  const show = (place: number, found: readonly Hit[]) => {
    const range = rangeOf(found[place])
    if (range) bringIntoView(range)
  }
  return {
    query,
    hits,
    at,
    search: (next) => {
      setQuery(next)
      show(0, lookFor(next))
    },
    go: (by) => {
      if (hits.length === 0) return
      const next = (at + by + hits.length) % hits.length
      setAt(next)
      show(next, hits)
    },
    passage: () => {
      const hit = hits[at]
      const text = hit && sourceElement(hit.source)?.textContent
      return hit && text ? { ...hit, quote: text.slice(hit.start, hit.end) } : null
    },
  }
}

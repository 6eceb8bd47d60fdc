import { memo, useRef } from 'react'
import { useBeforePaint } from '#app/ui/before-paint.ts'
import { SafeHtml } from '#app/ui/safe-html.tsx'
import type { Named } from '../named-evidence.ts'
import { placeOf } from '../passages.ts'
import { markSpan, type Source, unmark } from '../text-on-page.ts'

/** A text that can be searched and quoted, with the evidence in it marked and named. */
export const Passage = memo(function Passage({
  source,
  html,
  evidence,
}: {
  source: Source
  html: string
  evidence: readonly Named[]
}) {
  const text = useRef<HTMLDivElement>(null)
  useBeforePaint(() => {
    const element = text.current
    if (!element || html === '') return
    for (const one of evidence) {
      if (one.source !== source) continue
      const span = placeOf(element.textContent ?? '', one)
      if (!span) continue
      markSpan(element, span, (mark, last) => {
        mark.className = 'evidence'
        mark.dataset.dimension = one.dimension
        if (last) mark.dataset.name = one.name
      })
    }
    return () => unmark(element, 'evidence')
  }, [evidence, html, source])
  return <SafeHtml ref={text} className="reading" data-source={source} html={html} />
})

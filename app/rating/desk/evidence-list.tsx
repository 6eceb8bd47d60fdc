import type { ShownDocument } from '#app/evaluation/queue/shown.ts'
import type { EnteredEvidence } from '#app/evaluation/ratings/content.ts'
import { placeOf } from '../passages.ts'
import { bringIntoView, rangesOf, sourceElement } from '../text-on-page.ts'

const LONGEST_TITLE = 24

type Props = {
  dimension: string
  evidence: readonly EnteredEvidence[]
  documents: readonly ShownDocument[]
  onRemove?: (evidence: EnteredEvidence) => void
}

/** The passages attached to a dimension: each leads to its place, and can be taken off. */
export function EvidenceList({ dimension, evidence, documents, onRemove }: Props) {
  if (evidence.length === 0) return null
  return (
    <ul className="evidence-list" aria-label={`Evidence for ${dimension}`}>
      {evidence.map((one) => (
        <li key={`${one.source} ${one.start} ${one.end}`}>
          <a
            href={one.source === 'response' ? '#response' : '#context'}
            title={one.quote}
            onClick={(event) => {
              event.preventDefault()
              goTo(one)
            }}
          >
            {whence(one, documents)}“{one.quote}”
          </a>
          {onRemove ? (
            <button type="button" aria-label={`Remove “${one.quote}”`} onClick={() => onRemove(one)}>
              ×
            </button>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function whence({ source }: EnteredEvidence, documents: readonly ShownDocument[]): string {
  if (source === 'response') return ''
  const title = documents[source]?.title ?? `Document ${source + 1}`
  return `${title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE)}…` : title} `
}

function goTo(evidence: EnteredEvidence): void {
  const element = sourceElement(evidence.source)
  const span = element && placeOf(element.textContent ?? '', evidence)
  const [range] = element && span ? rangesOf(element, [span]) : []
  if (range) bringIntoView(range)
}

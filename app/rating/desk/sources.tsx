import { memo } from 'react'
import type { ShownDocument, ShownItem, ShownReference } from '#app/evaluation/queue/shown.ts'
import { SafeHtml } from '#app/ui/safe-html.tsx'
import type { Named } from '../named-evidence.ts'
import { FindBar } from './find-bar.tsx'
import { Passage } from './passage.tsx'
import { REACHABLE } from './reachable.ts'
import type { Find } from './use-find.ts'

type Props = {
  item: Pick<ShownItem, 'documents' | 'references' | 'referencesFollow'>
  evidence: readonly Named[]
  /** See `ShownRound`. */
  canary: string | null
  find?: Find
  /** Shows the references that follow; absent where there is nothing to ask for. */
  onReveal?: () => void
}

/** What the response may be checked against: the context documents, and the references where they are shown. */
export function Sources({ item, evidence, canary, find, onReveal }: Props) {
  const { documents, references, referencesFollow } = item
  return (
    <aside className="sources" tabIndex={REACHABLE} aria-label="Context and references" data-pane>
      <section aria-labelledby="context">
        <header>
          <h2 id="context">Context · {documents.length === 1 ? '1 document' : `${documents.length} documents`}</h2>
          {documents.length > 0 ? <kbd>c</kbd> : null}
        </header>
        {find ? <FindBar find={find} /> : null}
        {documents.length === 0 ? <p className="soft">This case came without documents.</p> : null}
        {numbered(documents).map(({ one, number }) => (
          <Document
            key={number}
            document={one}
            number={number}
            found={find?.query.trim() ? find.hits.filter(({ source }) => source === number).length : null}
            evidence={evidence}
          />
        ))}
      </section>
      {references || referencesFollow ? (
        <section className="references" aria-labelledby="references">
          <header>
            <h2 id="references">References</h2> <kbd>r</kbd>
          </header>
          {numbered(references ?? []).map(({ one, number }) => (
            <Reference key={number} reference={one} unfolded={referencesFollow} />
          ))}
          {!references && onReveal ? (
            <>
              <p className="soft">They are shown once every dimension is scored. Scores can still be changed then.</p>
              <button type="button" onClick={onReveal}>
                Show the references
              </button>
            </>
          ) : null}
        </section>
      ) : null}
      {canary === null ? null : <p className="canary">{canary}</p>}
    </aside>
  )
}

/** Documents and references have no name of their own but their place. */
const numbered = <T,>(list: readonly T[]) => list.map((one, number) => ({ one, number }))

const NO_EVIDENCE: readonly Named[] = []

const Document = memo(function Document({
  document,
  number,
  found,
  evidence,
}: {
  document: ShownDocument
  number: number
  found: number | null
  evidence: readonly Named[]
}) {
  const here = evidence.some(({ source }) => source === number)
  return (
    <details className="document" open={number === 0}>
      <summary>
        {document.title} <small>{found === null ? `${document.words} words` : `${found || 'none'} found`}</small>
      </summary>
      <Passage source={number} html={document.html} evidence={here ? evidence : NO_EVIDENCE} />
    </details>
  )
})

function Reference({ reference, unfolded }: { reference: ShownReference; unfolded: boolean }) {
  const high = reference.quality === 'high'
  return (
    <details className="document" open={unfolded}>
      <summary>
        {high ? 'High' : 'Borderline'} <small>{high ? 'what good looks like' : 'the least that is acceptable'}</small>
      </summary>
      <SafeHtml className="reading" html={reference.html} />
    </details>
  )
}

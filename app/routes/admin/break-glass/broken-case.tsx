import { Section } from '#app/ui/page.tsx'
import { SafeHtml } from '#app/ui/safe-html.tsx'
import { Documents } from '../../own/case/documents.tsx'

type Broken = {
  input: string
  metadata: Record<string, unknown>
  documents: { id: string; title: string; html: string; words: number }[]
  responses: { system: string; html: string }[]
  references: { quality: string; html: string }[]
}

/** The content of a case whose seal was broken, with the canary of its set. */
export function BrokenCase({ broken, canary }: { broken: Broken; canary: string | null }) {
  const { input, metadata, documents, responses, references } = broken
  return (
    <>
      <Section id="input" title="Input">
        <SafeHtml className="reading" html={input} />
        {Object.keys(metadata).length > 0 ? (
          <dl className="case-facts">
            {Object.entries(metadata).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
              </div>
            ))}
          </dl>
        ) : null}
      </Section>
      {documents.length > 0 ? <Documents documents={documents} /> : null}
      <Section id="responses" title="Responses">
        <div className="folded">
          {responses.map(({ system, html }) => (
            <details key={system}>
              <summary>{system}</summary>
              <SafeHtml className="reading" html={html} />
            </details>
          ))}
        </div>
      </Section>
      <Section id="references" title="References">
        <div className="folded">
          {references.map(({ quality, html }) => (
            <details key={html}>
              <summary>{quality}</summary>
              <SafeHtml className="reading" html={html} />
            </details>
          ))}
        </div>
      </Section>
      {canary === null ? null : <p className="faint code">{canary}</p>}
    </>
  )
}

import { Section } from '#app/ui/page.tsx'
import { SafeHtml } from '#app/ui/safe-html.tsx'

type Document = { id: string; title: string; html: string; words: number }

/** The context documents, folded: they are long, and most readers want one of them. */
export function Documents({ documents }: { documents: Document[] }) {
  return (
    <Section id="context" title="Context">
      {documents.length === 0 ? (
        <p className="soft">This case has no context documents.</p>
      ) : (
        <div className="folded">
          {documents.map((document) => (
            <details key={document.id}>
              <summary>
                {document.title} <span className="faint">{document.words.toLocaleString('en')} words</span>
              </summary>
              <SafeHtml className="reading" html={document.html} />
            </details>
          ))}
        </div>
      )}
    </Section>
  )
}

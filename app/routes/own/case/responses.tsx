import { Link } from '@remix-run/react'
import { Section } from '#app/ui/page.tsx'
import { SafeHtml } from '#app/ui/safe-html.tsx'
import { When } from '#app/ui/when.tsx'

type Response = { id: string; system: string; html: string; createdAt: number }

/** What each system version answered, the newest unfolded. */
export function Responses({ responses, mayImport }: { responses: Response[]; mayImport: boolean }) {
  const newest = responses.at(-1)?.id
  return (
    <Section id="responses" title="Responses by system version">
      {responses.length === 0 ? (
        <p className="soft">
          No system version has answered this case yet.{' '}
          {mayImport ? <Link to="../imports/new?kind=responses">Import responses</Link> : null}
        </p>
      ) : (
        <div className="folded">
          {responses.map((response) => (
            <details key={response.id} open={response.id === newest}>
              <summary>
                {response.system}{' '}
                <span className="faint">
                  <When at={response.createdAt} />
                </span>
              </summary>
              <SafeHtml className="reading" html={response.html} />
            </details>
          ))}
        </div>
      )}
    </Section>
  )
}

import { Form, Link } from '@remix-run/react'
import type { AnchorState } from '#app/evaluation/anchors/shown.ts'
import { Section } from '#app/ui/page.tsx'
import { SafeHtml } from '#app/ui/safe-html.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { When } from '#app/ui/when.tsx'

type Response = { id: string; system: string; html: string; createdAt: number; anchor: AnchorState | null }

/** What each system version answered, the newest unfolded. */
export function Responses({
  responses,
  mayImport,
  anchoring,
}: {
  responses: Response[]
  mayImport: boolean
  /** Where responses may be made anchors; null: not by this reader. */
  anchoring: { slug: string; caseId: string } | null
}) {
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
                </span>{' '}
                {response.anchor === 'active' ? <span className="chip">Anchor</span> : null}
              </summary>
              <SafeHtml className="reading" html={response.html} />
              {anchoring && response.anchor !== 'active' ? <MakeAnchor response={response} {...anchoring} /> : null}
            </details>
          ))}
        </div>
      )}
    </Section>
  )
}

function MakeAnchor({
  response: { id, system, anchor },
  slug,
  caseId,
}: {
  response: Response
  slug: string
  caseId: string
}) {
  return (
    <Form method="post" action={`/p/${slug}/anchors`} className="row">
      <input type="hidden" name="response" value={id} />
      <input type="hidden" name="case" value={caseId} />
      <Submit name="intent" value="pick">
        {anchor === 'retired' ? 'Bring it back as an anchor' : 'Make it an anchor'}
        <span className="unseen">: {system}</span>
      </Submit>
      <span className="faint">Rated again, blind, in rounds that ask for anchors.</span>
    </Form>
  )
}

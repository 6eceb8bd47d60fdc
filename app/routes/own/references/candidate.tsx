import { Form, Link } from '@remix-run/react'
import { SafeHtml } from '#app/ui/safe-html.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { When } from '#app/ui/when.tsx'

type Props = {
  /** `html` null: it is sealed. */
  candidate: { id: string; html: string | null; author: string | null; createdAt: number }
  /** What it is an answer to, where the page does not say so. */
  ofCase: { to: string; key: string; beginning: string; sealed: boolean } | null
  /** Where it is decided on; null: not by this reader. */
  decideAt: string | null
}

/** A rater's better answer, and what can become of it. */
export function CandidateCard({ candidate, ofCase, decideAt }: Props) {
  return (
    <article className="candidate">
      {ofCase ? (
        <h2>
          <Link to={ofCase.to}>{ofCase.sealed ? ofCase.key : ofCase.beginning}</Link>
        </h2>
      ) : null}
      {candidate.html === null ? (
        <p className="soft">
          The case is sealed, and so is this text. Whoever checks it reads it, should you take it up.
        </p>
      ) : (
        <SafeHtml className="reading" html={candidate.html} />
      )}
      <p className="by">
        <span>
          Offered by {candidate.author ?? 'a rater'}, <When at={candidate.createdAt} />
        </span>
      </p>
      {decideAt ? (
        <Form method="post" action={decideAt} className="row">
          <input type="hidden" name="reference" value={candidate.id} />
          <Submit name="intent" value="high">
            Take up as high
          </Submit>
          <Submit name="intent" value="borderline">
            Take up as borderline
          </Submit>
          <Submit kind="quiet" name="intent" value="decline">
            Decline
          </Submit>
        </Form>
      ) : null}
    </article>
  )
}

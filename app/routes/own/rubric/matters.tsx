import { Form, Link } from '@remix-run/react'
import { listed } from '#app/evaluation/figure.ts'
import type { RubricVersion } from '#app/evaluation/rubrics/read.ts'
import type { RoundOfVersion } from '#app/evaluation/rubrics/rounds.ts'
import { Submit } from '#app/ui/submit.tsx'

/** What can be done with a draft. */
export function DraftActions({ id, mayWrite }: { id: string; mayWrite: boolean }) {
  if (!mayWrite) return null
  return (
    <>
      <Link className="button" to={`../rubrics/${id}/edit`}>
        Edit
      </Link>
      <Link className="button primary" to={`../rubrics/${id}/publish`}>
        Publish…
      </Link>
    </>
  )
}

/** What can be done with a published version: it never changes, so one drafts the next from it. */
export function VersionActions({
  draft,
  mayWrite,
}: {
  draft: { id: string; number: number } | null
  mayWrite: boolean
}) {
  if (!mayWrite) return null
  if (draft) {
    return (
      <Link className="button" to={`../rubrics/${draft.id}/edit`}>
        Edit the draft of version {draft.number}
      </Link>
    )
  }
  return (
    <Form method="post">
      <Submit name="intent" value="draft">
        Draft a new version from this one
      </Submit>
    </Form>
  )
}

/** Ends a draft. What is discarded is gone, so it is asked first. */
export function Discard({ number, seen, only }: { number: number; seen: string; only: boolean }) {
  return (
    <details className="ask">
      <summary>Discard the draft…</summary>
      <Form method="post">
        <input type="hidden" name="intent" value="discard" />
        <input type="hidden" name="seen" value={seen} />
        <p>
          What this draft says is gone then, for everybody.{' '}
          {only ? 'The rubric has no other version, so it goes too.' : 'Published versions stay as they are.'}
        </p>
        <Submit kind="danger">Discard the draft of version {number}</Submit>
      </Form>
    </details>
  )
}

/** Takes a published version out of use, or back into it. */
export function Retire({
  version: { number, state },
  rounds,
}: {
  version: Pick<RubricVersion, 'number' | 'state'>
  rounds: readonly RoundOfVersion[]
}) {
  if (state === 'retired') {
    return (
      <Form method="post" className="row">
        <Submit name="intent" value="restore">
          Take version {number} back into use
        </Submit>
        <span className="soft">New rounds can then choose it again.</span>
      </Form>
    )
  }
  const [open, waiting] = (['open', 'draft'] as const).map((wanted) =>
    rounds.filter((round) => round.state === wanted).map(({ name }) => `“${name}”`),
  )
  return (
    <details className="ask">
      <summary>Retire version {number}…</summary>
      <Form method="post">
        <p>
          No new round can choose a retired version. It stays readable, so do its ratings and figures, and it can be
          taken back into use.
        </p>
        {waiting && waiting.length > 0 ? (
          <p>
            {listed(waiting)} {waiting.length === 1 ? 'was' : 'were'} made under it already and can still be opened.
          </p>
        ) : null}
        {open && open.length > 0 ? (
          <p>It is being rated in {listed(open)}, and is retired once that is closed.</p>
        ) : (
          <Submit kind="danger" name="intent" value="retire">
            Retire version {number}
          </Submit>
        )}
      </Form>
    </details>
  )
}

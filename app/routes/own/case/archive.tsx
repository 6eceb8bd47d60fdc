import { Form } from '@remix-run/react'
import { Submit } from '#app/ui/submit.tsx'

/** Archiving asks first; putting back does not need to. */
export function Archive({ archived }: { archived: boolean }) {
  if (archived) {
    return (
      <Form method="post">
        <Submit name="intent" value="restore">
          Restore
        </Submit>
      </Form>
    )
  }
  return (
    <details className="ask">
      <summary>Archive</summary>
      <Form method="post">
        <p>
          The case leaves the lists and is not drawn into new rounds. Rounds under way keep it, its ratings still count,
          and it can be restored at any time.
        </p>
        <Submit name="intent" value="archive">
          Archive this case
        </Submit>
      </Form>
    </details>
  )
}

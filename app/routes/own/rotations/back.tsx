import { Form } from '@remix-run/react'
import type { WholeRotation } from '#app/evaluation/rotation/read.ts'
import { Section } from '#app/ui/page.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { When } from '#app/ui/when.tsx'
import { cases } from './words.ts'

/** The way back, as long as there is one, and the step that ends it. */
export function Back({ rotation, mayChange }: { rotation: WholeRotation; mayChange: boolean }) {
  const { whyNotUndone, undoUntil, stillSealed, opening } = rotation
  if (opening) {
    return (
      <p className="banner" role="status">
        What graduated is being opened.
      </p>
    )
  }
  if (whyNotUndone !== null && stillSealed === 0) {
    return <p className="soft">It cannot be undone any more. {whyNotUndone}</p>
  }
  return (
    <Section id="back" title="Before the day is over">
      <p>
        {stillSealed > 0 ? `${cases(stillSealed)} that left the holdout stay sealed until ` : 'It can be undone until '}
        <When at={undoUntil} time />
        {stillSealed > 0 ? ', or until somebody opens them.' : ', if nothing that entered is read before.'}{' '}
        {whyNotUndone === null
          ? 'So long the rotation can be undone, if nothing of it is read or put into a round.'
          : `It cannot be undone any more. ${whyNotUndone}`}
      </p>
      {mayChange ? (
        <div className="row">
          {whyNotUndone === null ? (
            <details className="ask">
              <summary>Undo the rotation</summary>
              <Form method="post">
                <p>
                  Every case goes back to the pool it was in, sealed as it was, and the traces that came in wait again.
                  The pools can be rotated anew at any time.
                </p>
                <Submit name="intent" value="undo" kind="danger">
                  Undo the rotation
                </Submit>
              </Form>
            </details>
          ) : null}
          {stillSealed > 0 ? (
            <details className="ask">
              <summary>Open what graduated</summary>
              <Form method="post">
                <p>
                  {cases(stillSealed)} can be read by everybody who may read cases, and the rotation cannot be undone
                  any more.
                </p>
                <Submit name="intent" value="open">
                  Open {cases(stillSealed)}
                </Submit>
              </Form>
            </details>
          ) : null}
        </div>
      ) : null}
    </Section>
  )
}

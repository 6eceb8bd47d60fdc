import { Form } from '@remix-run/react'
import { Submit } from '#app/ui/submit.tsx'
import { AssignmentFields, type Lists } from './assignment-fields.tsx'

/** What can be done to the traces that are ticked; part of the form that holds the boxes. */
export function Bulk({ lists }: { lists: Lists }) {
  return (
    <fieldset className="bulk">
      <legend>With those ticked</legend>
      <AssignmentFields lists={lists} />
      <Submit name="intent" value="assign">
        Assign
      </Submit>
      <Submit kind="quiet" name="intent" value="exclude">
        Leave out
      </Submit>
      <Submit kind="quiet" name="intent" value="include">
        Take back in
      </Submit>
    </fieldset>
  )
}

/** The same for everything that fits the filters: it asks first, since it cannot be undone at once. */
export function BulkAll({ lists, total }: { lists: Lists; total: number }) {
  return (
    <details className="ask">
      <summary>Assign all {total.toLocaleString('en')} that fit</summary>
      <Form method="post">
        <p>
          Every trace that fits the filters above, on all pages, gets what you choose here, whoever assigned it before.
          There is no undo for this.
        </p>
        <div className="bulk">
          <AssignmentFields lists={lists} />
          <Submit name="intent" value="assign-all">
            Assign all {total.toLocaleString('en')}
          </Submit>
        </div>
      </Form>
    </details>
  )
}

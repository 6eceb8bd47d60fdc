import { Form } from '@remix-run/react'
import { FormFaults } from '#app/ui/faults.tsx'
import { Field } from '#app/ui/field.tsx'
import { SafeHtml } from '#app/ui/safe-html.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { Anchors } from './quality-anchors.tsx'
import type { TaskOnPage } from './task.tsx'
import { DRAFT_SAID, useDraft } from './use-draft.ts'
import { GiveBack } from './write-form.tsx'

type Props = {
  task: TaskOnPage
  faults: { message: string | null; fields: Readonly<Record<string, string>> } | undefined
  entered: string | null
  onType: (text: string) => void
}

/** The reference to be checked, what the rubric says of it, and the second person's yes or no. */
export function CheckForm({ task, faults, entered, onType }: Props) {
  const draft = useDraft(task.id)
  return (
    <div className="stack">
      <section aria-label="The reference to check" className="to-check">
        <h2>{task.quality === 'high' ? 'The high reference' : 'The borderline reference'}</h2>
        <SafeHtml className="reading" html={task.text ?? ''} />
      </section>
      <Anchors task={task} />
      <Form method="post" className="stack" noValidate onSubmit={draft.stop}>
        <FormFaults faults={faults} />
        <Field
          label="Note"
          error={faults?.fields.note}
          hint="What would have to change, when you refuse it. It goes back to be written anew, and whoever does that reads this."
        >
          {(attributes) => (
            <textarea
              {...attributes}
              name="text"
              rows={4}
              defaultValue={entered ?? task.draft}
              onChange={({ target }) => {
                onType(target.value)
                draft.keep(target.value)
              }}
            />
          )}
        </Field>
        <div className="row">
          <Submit kind="primary" name="intent" value="validated">
            It is what it says
          </Submit>
          <Submit name="intent" value="refused">
            Refuse it
          </Submit>
          <span className="faint" aria-live="polite">
            {draft.state === 'idle' ? '' : DRAFT_SAID[draft.state]}
          </span>
        </div>
      </Form>
      <GiveBack />
    </div>
  )
}

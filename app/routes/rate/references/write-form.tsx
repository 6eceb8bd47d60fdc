import { Form } from '@remix-run/react'
import { FormFaults } from '#app/ui/faults.tsx'
import { Field } from '#app/ui/field.tsx'
import { SafeHtml } from '#app/ui/safe-html.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { When } from '#app/ui/when.tsx'
import { Anchors } from './quality-anchors.tsx'
import type { TaskOnPage } from './task.tsx'
import { DRAFT_SAID, useDraft } from './use-draft.ts'

type Props = {
  task: TaskOnPage
  faults: { message: string | null; fields: Readonly<Record<string, string>> } | undefined
  entered: string | null
  onType: (text: string) => void
}

/** The reference being written, with what the rubric says of it above and what it will look like below. */
export function WriteForm({ task, faults, entered, onType }: Props) {
  const draft = useDraft(task.id)
  const preview = draft.html ?? task.preview
  return (
    <div className="stack">
      <Anchors task={task} />
      {task.refused ? <RefusedBefore refused={task.refused} /> : null}
      <Form method="post" className="stack" noValidate onSubmit={draft.stop}>
        <FormFaults faults={faults} />
        <Field
          label={`The ${task.quality} reference`}
          error={faults?.fields.text}
          hint="The answer itself, as it would be given. Markdown. You are named as its author."
        >
          {(attributes) => (
            <textarea
              {...attributes}
              name="text"
              rows={14}
              defaultValue={entered ?? task.draft}
              onChange={({ target }) => {
                onType(target.value)
                draft.keep(target.value)
              }}
            />
          )}
        </Field>
        <div className="row">
          <Submit kind="primary" name="intent" value="hand-in">
            Hand it in
          </Submit>
          <Submit name="intent" value="save">
            Save and preview
          </Submit>
          <span className="faint" aria-live="polite">
            {DRAFT_SAID[draft.state]}
          </span>
        </div>
      </Form>
      {preview ? (
        <section aria-label="Preview" className="preview-of-text">
          <h2>As it will be read</h2>
          <SafeHtml className="reading" html={preview} />
        </section>
      ) : null}
      <GiveBack />
    </div>
  )
}

/** Giving back asks first where something would be lost. */
export function GiveBack() {
  return (
    <details className="ask">
      <summary>Give it back</summary>
      <Form method="post">
        <p>Somebody else can take it then. What you typed here goes away.</p>
        <Submit name="intent" value="give-back">
          Give it back
        </Submit>
      </Form>
    </details>
  )
}

function RefusedBefore({ refused }: { refused: NonNullable<TaskOnPage['refused']> }) {
  return (
    <section className="refused-before" aria-label="Refused before">
      <p>
        <strong>An earlier text was refused</strong>
        {refused.at === null ? null : (
          <>
            {' '}
            <When at={refused.at} />
          </>
        )}
        {refused.note ? `: “${refused.note}”` : '.'}
      </p>
      <details>
        <summary>Read it</summary>
        <SafeHtml className="reading soft" html={refused.html} />
      </details>
    </section>
  )
}

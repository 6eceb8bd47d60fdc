import { Form } from '@remix-run/react'
import type { ImportOptions } from '#app/evaluation/imports/options.ts'
import { FormFaults } from '#app/ui/faults.tsx'
import { Field } from '#app/ui/field.tsx'
import { Submit } from '#app/ui/submit.tsx'
import type { Lists } from './assignment-fields.tsx'
import { FormatChoice } from './format-choice.tsx'

type Faults = { message: string | null; fields: Readonly<Record<string, string>> }

const MASKS = [
  ['email', 'E-mail addresses', ''],
  ['card', 'Payment cards', '13 to 19 digits whose check digit is right'],
  ['phone', 'Telephone numbers', 'international, beginning with 0, or in groups'],
  ['names', 'Names of a list', 'those below'],
] as const

/** How the file is to be read and what is masked in it; looking again shows the outcome. */
export function PreviewSettings({
  options,
  names,
  lists,
  faults,
  mayImport,
}: {
  options: ImportOptions
  names: string
  lists: Lists
  faults: Faults | undefined
  mayImport: boolean
}) {
  return (
    <Form method="post" className="matters preview-settings">
      <FormFaults faults={faults} />
      <section aria-labelledby="masks">
        <header>
          <h2 id="masks">Mask before storing</h2>
          <p>What is masked is gone: only [email], [card], [phone] or [name] is stored in its place.</p>
        </header>
        <div>
          <fieldset className="boxes">
            <legend className="unseen">What to mask</legend>
            {MASKS.map(([kind, label, what]) => (
              <label className="tick" key={kind}>
                <input
                  type="checkbox"
                  name="redact"
                  value={kind}
                  defaultChecked={options.redact?.includes(kind) ?? false}
                />
                {label}
                {what === '' ? null : <small>{what}</small>}
              </label>
            ))}
          </fieldset>
          <Field
            label="Names to mask, one a line"
            hint="Names of several words are found whatever their capitals, single words only as written. The list is deleted after the import."
            error={faults?.fields.names}
          >
            {(attributes) => <textarea {...attributes} name="names" rows={3} defaultValue={names} />}
          </Field>
        </div>
      </section>
      <section aria-labelledby="reading">
        <header>
          <h2 id="reading">What the file leaves out</h2>
          <p>Traces without a category or user segment stay unassigned; rules can assign them afterwards.</p>
        </header>
        <div>
          <FormatChoice value={options.traceFormat ?? ''} />
          <Default name="category" label="Category for all" names={lists.categories} value={options.category ?? ''} />
          <Default
            name="userSegment"
            label="User segment for all"
            names={lists.userSegments}
            value={options.userSegment ?? ''}
          />
          <div className="row">
            {mayImport ? (
              <Submit kind="primary" name="intent" value="import">
                Import
              </Submit>
            ) : null}
            <Submit name="intent" value="look">
              Look again
            </Submit>
            <Submit kind="quiet" name="intent" value="discard">
              Discard the file
            </Submit>
          </div>
        </div>
      </section>
    </Form>
  )
}

function Default({
  name,
  label,
  names,
  value,
}: {
  name: string
  label: string
  names: readonly string[]
  value: string
}) {
  return (
    <Field label={label}>
      {(attributes) => (
        <select {...attributes} name={name} defaultValue={value}>
          <option value="">None</option>
          {names.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      )}
    </Field>
  )
}

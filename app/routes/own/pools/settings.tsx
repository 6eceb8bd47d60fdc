import { Form } from '@remix-run/react'
import { FormFaults } from '#app/ui/faults.tsx'
import { Field } from '#app/ui/field.tsx'
import { Section } from '#app/ui/page.tsx'
import { Submit } from '#app/ui/submit.tsx'
import type { EnteredPoolSettings } from './settings.server.ts'

type Faults = { message: string | null; fields: Readonly<Record<string, string>> } | undefined

const FIELDS: readonly { name: keyof EnteredPoolSettings; label: string; hint: string }[] = [
  { name: 'floorShare', label: 'Floor of every category, %', hint: 'The least share of what is sampled.' },
  { name: 'holdoutShare', label: 'Sealed of each segment, %', hint: 'What goes to the holdout at a sampling.' },
  { name: 'rotationDays', label: 'Days between rotations', hint: 'The holdout is sealed until the next one.' },
  { name: 'graduatingShare', label: 'Graduates at a rotation, %', hint: 'Of the holdout: it becomes active.' },
  { name: 'activeRotations', label: 'Rotations a case stays active', hint: 'After so many it retires.' },
]

/** How the pools are filled and turned: to change for those who may, to read for the others. */
export function Settings({
  entered,
  faults,
  mayWrite,
}: {
  entered: EnteredPoolSettings
  faults: Faults
  mayWrite: boolean
}) {
  return (
    <Section
      id="settings"
      title="How they are filled and turned"
      lead="Changes count from the next sampling and rotation on; what is sealed already stays so until its date."
    >
      {mayWrite ? (
        <Form method="post" className="section" noValidate key={JSON.stringify(entered)}>
          <FormFaults faults={faults} />
          <div className="settings-row">
            {FIELDS.map(({ name, label, hint }) => (
              <Field key={name} label={label} hint={hint} error={faults?.fields[name]}>
                {(attributes) => (
                  <input {...attributes} name={name} inputMode="decimal" size={8} defaultValue={entered[name]} />
                )}
              </Field>
            ))}
          </div>
          <div className="row">
            <Submit>Save</Submit>
          </div>
        </Form>
      ) : (
        <dl className="case-facts">
          {FIELDS.map(({ name, label }) => (
            <div key={name}>
              <dt>{label}</dt>
              <dd>{entered[name]}</dd>
            </div>
          ))}
        </dl>
      )}
    </Section>
  )
}

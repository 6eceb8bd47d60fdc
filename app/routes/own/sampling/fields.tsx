import { Form } from '@remix-run/react'
import { Field } from '#app/ui/field.tsx'
import type { EnteredSampling } from './entered.server.ts'

type Faults = Readonly<Record<string, string>>

/** What is to be planned. Planning changes nothing, so it is a GET: a plan has an address. */
export function SamplingFields({ entered, faults }: { entered: EnteredSampling; faults: Faults }) {
  return (
    <Form className="filters plan-fields" key={JSON.stringify(entered)}>
      <Field label="Cases" error={faults.size}>
        {(attributes) => <input {...attributes} name="size" inputMode="numeric" size={7} defaultValue={entered.size} />}
      </Field>
      <Field label="Floor of every category, %" error={faults.floorShare}>
        {(attributes) => (
          <input {...attributes} name="floor" inputMode="decimal" size={6} defaultValue={entered.floor} />
        )}
      </Field>
      <Field label="To the holdout, %" error={faults.holdoutShare}>
        {(attributes) => (
          <input {...attributes} name="holdout" inputMode="decimal" size={6} defaultValue={entered.holdout} />
        )}
      </Field>
      <Field label="Seed" error={faults.seed}>
        {(attributes) => <input {...attributes} name="seed" inputMode="numeric" size={8} defaultValue={entered.seed} />}
      </Field>
      <button type="submit">Plan</button>
    </Form>
  )
}

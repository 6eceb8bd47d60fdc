import { Form, useSearchParams } from '@remix-run/react'
import { Section } from '#app/ui/page.tsx'
import type { PlanView } from './plan.server.ts'

const OWN = ['shift', 'chance', 'within', 'baseline']

/** How many anchor ratings a period find a drift in time. */
export function Planner({ view }: { view: PlanView }) {
  const [params] = useSearchParams()
  const kept = [...params].filter(([name]) => !OWN.includes(name))
  const { fields } = view
  return (
    <Section id="planner" title="How many anchors it takes" lead={`A simulation of panels that change. ${view.known}`}>
      <Form method="get" action="#planner" className="filters" key={JSON.stringify(fields)} preventScrollReset>
        {kept.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Quantity name="shift" label="Drift to find, points" value={fields.shift} min="0.05" max="3" step="0.05" />
        <Quantity name="chance" label="With a chance of, %" value={fields.chance} min="50" max="99" step="1" />
        <Quantity name="within" label="Within periods" value={fields.within} min="1" max="6" step="1" />
        <Quantity
          name="baseline"
          label="Baseline ratings an anchor"
          value={fields.baseline}
          min="1"
          max="20"
          step="1"
        />
        <button type="submit">Plan</button>
      </Form>
      {view.answer ? <output className="answer">{view.answer}</output> : null}
      {view.pending ? <p className="soft">Still simulating. Press Plan again in a few seconds.</p> : null}
    </Section>
  )
}

function Quantity({
  name,
  label,
  value,
  ...range
}: {
  name: string
  label: string
  value: string
  min: string
  max: string
  step: string
}) {
  return (
    <label className="field">
      <span>{label}</span>
      <input type="number" name={name} defaultValue={value} required {...range} />
    </label>
  )
}

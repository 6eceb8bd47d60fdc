import { Form } from '@remix-run/react'
import type { RuleEffect } from '#app/evaluation/traces/rules/apply.ts'
import type { RuleValues } from '#app/evaluation/traces/rules/rule.ts'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { Submit } from '#app/ui/submit.tsx'

const n = (count: number) => count.toLocaleString('en')
const TESTS = { contains: 'contains', equals: 'is', matches: 'matches' } as const

/** What applying the saved rules would do, rule by rule, and the button that does it. */
export function Effect({ effect, rules }: { effect: RuleEffect; rules: RuleValues[] }) {
  const { assigns, changed, unassigned, examined } = effect
  return (
    <Section
      id="effect"
      title="What they would do"
      lead={`Of ${n(examined)} open traces ${n(changed)} would change, and ${n(unassigned)} would still lack a category or a user segment.`}
    >
      {rules.length > 0 ? (
        <Scroll label="Traces by rule">
          <table>
            <thead>
              <tr>
                <th scope="col" className="number">
                  Rule
                </th>
                <th scope="col">Assigns</th>
                <th scope="col">Where</th>
                <th scope="col" className="number">
                  Traces
                </th>
              </tr>
            </thead>
            <tbody>
              {rules.map(({ value, field, test, pattern }, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two rules may be equal, and the place is what a rule is
                <tr key={i}>
                  <td className="number">{i + 1}</td>
                  <th scope="row">{value}</th>
                  <td>
                    <code>{field}</code> {TESTS[test]} <code>{pattern}</code>
                  </td>
                  <td className="number">
                    {assigns[i] === 0 ? <span className="faint">none</span> : n(assigns[i] ?? 0)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      ) : null}
      <Form method="post" className="row">
        {changed > 0 ? (
          <Submit kind="primary" name="intent" value="apply">
            Apply to {n(changed)} traces
          </Submit>
        ) : (
          <p className="soft">There is nothing to apply.</p>
        )}
      </Form>
    </Section>
  )
}

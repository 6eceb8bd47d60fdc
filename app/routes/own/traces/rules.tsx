import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import { listsOf } from '#app/evaluation/traces/assign.ts'
import { applyRules, previewRules } from '#app/evaluation/traces/rules/apply.ts'
import type { RuleValues } from '#app/evaluation/traces/rules/rule.ts'
import { readRules, saveRules } from '#app/evaluation/traces/rules/stored.ts'
import { amongst } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { FormFaults } from '#app/ui/faults.tsx'
import { Page } from '#app/ui/page.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { traces as inWords } from './done.tsx'
import { Effect } from './rule-effect.tsx'
import { RuleRows } from './rule-rows.tsx'
import { rulesIn } from './rules-form.server.ts'
import { TraceTabs } from './tabs.tsx'

export const meta: MetaFunction = () => [{ title: 'Rules for traces · Assay' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'cases.read')
  const query = new URL(request.url).searchParams
  return answering(async () => {
    const rules = await readRules(store(), scope)
    const mayWrite = can(scope.roles, 'cases.write')
    return {
      rules,
      lists: await listsOf(store().read, scope),
      effect: query.has('preview') && mayWrite ? await previewRules(store(), scope, rules) : null,
      applied: query.get('applied'),
      mayWrite,
    }
  })
}

/** Saves the rules and shows what they would do, or applies those saved. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'cases.write')
  const here = `/p/${scope.project.slug}/traces/rules`
  let entered: RuleValues[] | null = null
  let to = here
  try {
    const form = await receiveForm(request)
    if (amongst(form, 'intent', ['apply']).length > 0) {
      const { changed } = await applyRules(store(), scope)
      to = `${here}?applied=${changed}`
    } else {
      entered = rulesIn(form)
      await saveRules(store(), scope, entered)
      await previewRules(store(), scope, entered)
      to = `${here}?preview=1`
    }
  } catch (error) {
    const faults = errorsOf(error)
    return data({ faults, entered }, { status: faults.status })
  }
  throw redirect(to)
}

export default function Rules() {
  const { rules, lists, effect, applied, mayWrite } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const shown = result?.entered ?? rules
  return (
    <Page title="Traces">
      <TraceTabs />
      {applied === null || result ? null : (
        <p className="banner" role="status">
          Applied: {inWords(Number(applied) || 0)} changed.
        </p>
      )}
      <div>
        <p className="finding">Rules give traces a category and a user segment by what is in them.</p>
        <p className="soft">
          They are asked from the top, and for each of the two the first that fits counts. They touch what is unassigned
          and what rules assigned before; what an import or a person said stays. Nothing happens before you apply them.
        </p>
      </div>
      {effect && !result ? <Effect effect={effect} rules={rules} /> : null}
      {mayWrite ? (
        <Form method="post" className="section" key={JSON.stringify(shown)}>
          <FormFaults faults={result?.faults} />
          <RuleRows rules={shown} lists={lists} faults={result?.faults.fields ?? {}} />
          <div className="row">
            <Submit kind="primary" name="intent" value="save">
              Save and show what they would do
            </Submit>
          </div>
        </Form>
      ) : rules.length === 0 ? (
        <p className="soft">There are no rules yet. An owner writes them.</p>
      ) : (
        <ol className="plain">
          {rules.map(({ value, field, test, pattern }) => (
            <li key={`${value} ${field} ${test} ${pattern}`}>
              {value}: <code>{field}</code> {test} <code>{pattern}</code>
            </li>
          ))}
        </ol>
      )}
    </Page>
  )
}

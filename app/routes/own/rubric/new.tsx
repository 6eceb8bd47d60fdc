import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { emptyContent, keyFromName } from '#app/evaluation/rubrics/entry.ts'
import { createRubric } from '#app/evaluation/rubrics/write.ts'
import { amongst, textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { FormFaults } from '#app/ui/faults.tsx'
import { Field } from '#app/ui/field.tsx'
import { Page } from '#app/ui/page.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { factualQa } from '#db/seed/rubrics/factual-qa.ts'

export const meta: MetaFunction = () => [{ title: 'New rubric · Assay' }]

const STARTERS = ['factual', 'empty'] as const

export async function loader({ request, params }: LoaderFunctionArgs) {
  await requireScope(request, params, 'rubrics.write')
  return null
}

export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'rubrics.write')
  const form = await answering(() => receiveForm(request))
  const [starter = 'empty'] = amongst(form, 'starter', STARTERS)
  const entered = { name: textOf(form, 'name').trim(), key: textOf(form, 'key').trim(), starter }
  try {
    const content = starter === 'factual' ? { dimensions: factualQa.dimensions } : emptyContent()
    const key = entered.key || keyFromName(entered.name)
    const made = await store().write((tx) => createRubric(tx, scope, { key, name: entered.name, ...content }))
    throw redirect(`/p/${scope.project.slug}/rubrics/${made.versionId}/edit`)
  } catch (error) {
    const faults = errorsOf(error)
    return data({ entered, faults }, { status: faults.status })
  }
}

export default function NewRubric() {
  const done = useActionData<typeof action>()
  const fields = done?.faults.fields ?? {}
  return (
    <Page title="New rubric">
      <Form method="post" className="stack new-rubric" noValidate>
        <FormFaults faults={done?.faults} />
        <Field label="Name" hint="As raters and reports have it." error={fields.name}>
          {(control) => (
            <input {...control} name="name" required maxLength={200} defaultValue={done?.entered.name} size={40} />
          )}
        </Field>
        <Field
          label="Key"
          hint="Its name in files and on the command line, for good. Left empty it is made from the name."
          error={fields.key}
        >
          {(control) => (
            <input {...control} name="key" maxLength={64} defaultValue={done?.entered.key} className="code" size={24} />
          )}
        </Field>
        <fieldset className="boxes">
          <legend>Begin with</legend>
          <label className="tick">
            <input type="radio" name="starter" value="factual" defaultChecked={done?.entered.starter !== 'empty'} />
            The rubric for factual answers
            <small>Accuracy, groundedness, completeness, conciseness and uncertainty on four anchored levels.</small>
          </label>
          <label className="tick">
            <input type="radio" name="starter" value="empty" defaultChecked={done?.entered.starter === 'empty'} />
            Nothing
            <small>One dimension on levels 1 to 4, with all words still to be written.</small>
          </label>
        </fieldset>
        <div className="row">
          <Submit kind="primary">Make the draft</Submit>
          <Link className="button" to="../rubrics">
            Back
          </Link>
          <span className="faint">It is a draft: nobody can rate with it before you publish it.</span>
        </div>
      </Form>
    </Page>
  )
}

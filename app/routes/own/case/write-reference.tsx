import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { readCase } from '#app/evaluation/cases/read.ts'
import { renderMarkdown } from '#app/evaluation/markdown.server.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { listReferences } from '#app/evaluation/references/list.ts'
import { writeReference } from '#app/evaluation/references/write.ts'
import { amongst, textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { valueIn } from '#app/http/query.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { FormFaults } from '#app/ui/faults.tsx'
import { Field } from '#app/ui/field.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { SafeHtml } from '#app/ui/safe-html.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { Documents } from './documents.tsx'

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: loaded ? `Reference of ${loaded.key} · Assay` : 'Reference · Assay' },
]

const QUALITIES = ['high', 'borderline'] as const

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'references.write')
  const query = new URL(request.url).searchParams
  return answering(async () => {
    const whole = await readCase(store(), scope, params.case ?? '')
    const references = await listReferences(store(), scope, whole.id)
    const replaced = references.find(({ id }) => id === valueIn(query, 'replaces')) ?? null
    if (replaced && replaced.supersededAt !== null) {
      throw new Problem('gone', 'This reference has been replaced already. Go back to the case to see what stands now.')
    }
    return {
      id: whole.id,
      key: whole.key,
      input: renderMarkdown(whole.input, { breaks: true }),
      documents: whole.documents.map(({ id, title, text }) => ({
        id,
        title,
        html: renderMarkdown(text),
        words: text.match(/\S+/g)?.length ?? 0,
      })),
      replaced,
      quality: replaced?.quality ?? QUALITIES.find((one) => one === query.get('quality')) ?? 'high',
      slug: scope.project.slug,
    }
  })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'references.write')
  const form = await answering(() => receiveForm(request))
  const [quality = 'high'] = amongst(form, 'quality', QUALITIES)
  const entered = { text: textOf(form, 'text'), quality, supersedes: textOf(form, 'supersedes') || null }
  try {
    await writeReference(store(), scope, { caseId: params.case ?? '', ...entered })
  } catch (error) {
    const faults = errorsOf(error)
    return data({ faults, entered }, { status: faults.status })
  }
  throw redirect(`/p/${scope.project.slug}/cases/${params.case}#references`)
}

export default function WriteReference() {
  const { id, key, input, documents, replaced, quality, slug } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const back = `/p/${slug}/cases/${id}`
  return (
    <Page title={`${replaced ? 'Replace' : 'Write'} a reference of ${key}`}>
      <div className="beside writing">
        <Form method="post" className="stack" noValidate>
          <FormFaults faults={done?.faults} />
          <input type="hidden" name="supersedes" value={replaced?.id ?? ''} />
          {replaced ? (
            <input type="hidden" name="quality" value={replaced.quality} />
          ) : (
            <Quality chosen={done?.entered.quality ?? quality} />
          )}
          <Field
            label={replaced ? `The new text of the ${replaced.quality} reference` : 'The reference'}
            error={done?.faults.fields.text}
            hint="The answer itself, as it would be given. Markdown. You are named as its author, and are never asked to rate this case."
          >
            {(attributes) => (
              <textarea
                {...attributes}
                name="text"
                rows={14}
                defaultValue={done?.entered.text ?? replaced?.text ?? ''}
              />
            )}
          </Field>
          <div className="row">
            <Submit kind="primary">{replaced ? 'Replace it' : 'Save it'}</Submit>
            <Link className="button" to={back}>
              Back without saving
            </Link>
            {replaced ? <span className="faint">The former text stays in the case’s history.</span> : null}
          </div>
        </Form>
        <div className="stack">
          <Section id="input" title="Input">
            <SafeHtml className="reading" html={input} />
          </Section>
          <Documents documents={documents} />
        </div>
      </div>
    </Page>
  )
}

function Quality({ chosen }: { chosen: 'high' | 'borderline' }) {
  return (
    <fieldset className="boxes">
      <legend>Quality</legend>
      <label className="tick">
        <input type="radio" name="quality" value="high" defaultChecked={chosen === 'high'} />
        High
        <small>What good looks like.</small>
      </label>
      <label className="tick">
        <input type="radio" name="quality" value="borderline" defaultChecked={chosen === 'borderline'} />
        Borderline
        <small>The least that is acceptable.</small>
      </label>
    </fieldset>
  )
}

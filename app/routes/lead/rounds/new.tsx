import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { createRound } from '#app/evaluation/rounds/create.ts'
import { previewRound } from '#app/evaluation/rounds/preview.ts'
import { demandNoFaults } from '#app/evaluation/rounds/values.ts'
import { textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { FormFaults } from '#app/ui/faults.tsx'
import { Empty, Page } from '#app/ui/page.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { entryOf, forPreview, valuesOf } from './entry.server.ts'
import { ItemFields, RaterFields, WayFields } from './fields.tsx'
import { unlessPreviewed, useLivePreview } from './live-preview.ts'
import { firstEntry, roundChoices } from './plan.server.ts'
import { Preview } from './preview.tsx'

export const meta: MetaFunction = () => [{ title: 'New round · Assay' }]

export const shouldRevalidate = unlessPreviewed

/** The form as it begins, and what a round so made would come to. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'rounds.write')
  return answering(async () => {
    const choices = await roundChoices(scope)
    const entry = firstEntry(choices)
    const preview = await previewRound(store().read, scope, forPreview(valuesOf(entry).values))
    return { choices, entry, preview: { ...preview, raters: entry.raterIds.length } }
  })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'rounds.write')
  const form = await answering(() => receiveForm(request))
  const entry = entryOf(form)
  const { values, faults } = valuesOf(entry)
  if (textOf(form, 'intent') === 'preview') {
    const preview = await answering(() => previewRound(store().read, scope, forPreview(values)))
    return data({ entry, preview: { ...preview, raters: entry.raterIds.length }, faults: undefined })
  }
  try {
    demandNoFaults(faults)
    const { id } = await createRound(store(), scope, values)
    throw redirect(`/p/${scope.project.slug}/rounds/${id}`)
  } catch (error) {
    const faults = errorsOf(error)
    return data({ entry, preview: undefined, faults }, { status: faults.status })
  }
}

export default function NewRound() {
  const loaded = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  const { form, live, look } = useLivePreview<typeof action>()

  const { choices } = loaded
  const entry = tried?.entry ?? loaded.entry
  const fields = tried?.faults?.fields ?? {}
  const preview = live.data?.preview ?? tried?.preview ?? loaded.preview
  if (choices.versions.length === 0) return <NoRubric />

  return (
    <Page title="New round">
      <Form method="post" ref={form} onChange={look} className="planning">
        <div className="stack">
          <FormFaults faults={tried?.faults} />
          <WayFields entry={entry} choices={choices} fields={fields} />
          <ItemFields entry={entry} choices={choices} fields={fields} />
          <RaterFields entry={entry} choices={choices} fields={fields} />
        </div>
        <aside aria-label="What this round comes to">
          <Preview preview={preview} busy={live.state !== 'idle'} />
          <p className="row">
            <Submit kind="primary">Make the round</Submit>
            <button type="submit" name="intent" value="preview" formNoValidate>
              Preview
            </button>
          </p>
          <p className="soft">
            It is made as a draft: look it over, then open it to its raters. <Link to="../rounds">All rounds</Link>
          </p>
        </aside>
      </Form>
    </Page>
  )
}

function NoRubric() {
  return (
    <Page title="New round">
      <Empty
        title="First a rubric"
        action={
          <Link className="button" to="../rubrics">
            Go to the rubrics
          </Link>
        }
      >
        A round is rated under a published rubric version, and this project has none yet.
      </Empty>
    </Page>
  )
}

import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { createBridge } from '#app/evaluation/bridges/create.ts'
import { previewBridge } from '#app/evaluation/bridges/preview.ts'
import { demandNoFaults } from '#app/evaluation/rounds/values.ts'
import { textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { FormFaults } from '#app/ui/faults.tsx'
import { Empty, Page } from '#app/ui/page.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { bridgeEntryOf, bridgeOf, bridgeRaters, firstBridge, versionChoices } from './bridge-entry.server.ts'
import { BridgeRaters, BridgeRounds, BridgeVersions } from './bridge-fields.tsx'
import { BridgePreviewPanel } from './bridge-preview.tsx'
import { unlessPreviewed, useLivePreview } from './live-preview.ts'

export const meta: MetaFunction = () => [{ title: 'Bridge between rubric versions · Assay' }]

export const shouldRevalidate = unlessPreviewed

/** The form, for the versions that the address names (`from`, `to`). */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'rounds.write')
  return answering(async () => {
    const asked = new URL(request.url).searchParams
    const versions = await versionChoices(scope)
    const newer = versions.newer.find(({ id }) => id === asked.get('to')) ?? versions.newer[0]
    const older = versions.older.find(({ id }) => id === asked.get('from'))?.id ?? newer?.fromId ?? ''
    const raters = await bridgeRaters(scope, older)
    const entry = firstBridge(raters, older, newer?.id ?? '')
    const preview = await previewBridge(store().read, scope, bridgeOf(entry).values)
    return { choices: { ...versions, raters }, entry, preview }
  })
}

/** Says what the bridge would come to, or makes it. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'rounds.write')
  const form = await answering(() => receiveForm(request))
  const entry = bridgeEntryOf(form)
  const { values, faults } = bridgeOf(entry)
  if (textOf(form, 'intent') === 'preview') {
    const preview = await answering(() => previewBridge(store().read, scope, values))
    return data({ entry, preview, faults: undefined })
  }
  try {
    demandNoFaults(faults)
    const made = await createBridge(store(), scope, values)
    throw redirect(`/p/${scope.project.slug}/rounds/${made.from ?? made.to}`)
  } catch (error) {
    const failed = errorsOf(error)
    return data({ entry, preview: undefined, faults: failed }, { status: failed.status })
  }
}

export default function Bridge() {
  const loaded = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  const { form, live, look } = useLivePreview<typeof action>()
  const { choices } = loaded
  const part = { entry: tried?.entry ?? loaded.entry, choices, fields: tried?.faults?.fields ?? {} }
  const preview = live.data?.preview ?? tried?.preview ?? loaded.preview
  if (choices.newer.length === 0) return <NoVersions />
  return (
    <Page title="Bridge between rubric versions">
      <p className="soft">
        The same responses, rated blind under both versions by the same raters: what then differs is the rubric. Without
        it, scores from before and after a new version cannot be compared, and trends are drawn broken there.
      </p>
      <Form method="post" ref={form} onChange={look} className="planning">
        <div className="stack">
          <FormFaults faults={tried?.faults} />
          <BridgeVersions {...part} />
          <BridgeRaters {...part} />
          <BridgeRounds {...part} />
        </div>
        <aside aria-label="What this bridge comes to">
          <BridgePreviewPanel preview={preview} busy={live.state !== 'idle'} />
          <p className="row">
            <Submit kind="primary">Make the bridge</Submit>
            <button type="submit" name="intent" value="preview" formNoValidate>
              Preview
            </button>
          </p>
          <p className="soft">
            Its rounds are made as drafts and opened together. <Link to="../rounds">All rounds</Link>
          </p>
        </aside>
      </Form>
    </Page>
  )
}

function NoVersions() {
  return (
    <Page title="Bridge between rubric versions">
      <Empty
        title="First a second version"
        action={
          <Link className="button" to="../rubrics">
            Go to the rubrics
          </Link>
        }
      >
        A bridge links two published versions of the same rubric, and no rubric of this project has two.
      </Empty>
    </Page>
  )
}

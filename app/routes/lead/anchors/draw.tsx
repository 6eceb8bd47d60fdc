import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { agreementChoices } from '#app/evaluation/agreement/choices.ts'
import { CHOOSING } from '#app/evaluation/anchors/choosing.server.ts'
import { type DrawPreview, drawAnchors, previewDraw } from '#app/evaluation/anchors/draw.ts'
import { plural, whole } from '#app/evaluation/figure.ts'
import { demandNoFaults } from '#app/evaluation/rounds/values.ts'
import { textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { FormFaults } from '#app/ui/faults.tsx'
import { Empty, Page } from '#app/ui/page.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { type DrawEntry, drawEntryOf, drawOf } from './draw-entry.server.ts'
import { DrawFields } from './draw-fields.tsx'

export const meta: MetaFunction = () => [{ title: 'Draw anchors · Assay' }]

/** Enough to see a panel drift of a quarter point within two periods (docs/methods/drift.md). */
const FORTY = '40'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'anchors.write')
  const { versions, systemVersions } = await answering(() => agreementChoices(store(), scope))
  const entry: DrawEntry = {
    number: FORTY,
    how: 'random',
    rubricVersionId: versions[0]?.id ?? '',
    systemVersionId: '',
    from: '',
    to: '',
    least: '2',
  }
  return {
    entry,
    versions: versions.map(({ id, name }) => ({ id, name })),
    systems: systemVersions.map(({ id, name }) => ({ id, name })).reverse(),
  }
}

/** Counts what a draw would be made from, or draws. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'anchors.write')
  const form = await answering(() => receiveForm(request))
  const entry = drawEntryOf(form)
  let drawn = 0
  try {
    const { draw, faults } = drawOf(entry)
    demandNoFaults(faults)
    if (textOf(form, 'intent') === 'preview') {
      return data({ entry, preview: await previewDraw(store().read, scope, draw, CHOOSING), faults: undefined })
    }
    drawn = (await drawAnchors(store(), scope, draw, CHOOSING)).drawn
  } catch (error) {
    const faults = errorsOf(error)
    return data({ entry, preview: undefined, faults }, { status: faults.status })
  }
  throw redirect(`/p/${scope.project.slug}/anchors?drawn=${drawn}`)
}

export default function DrawAnchors() {
  const { versions, systems, entry } = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  if (versions.length === 0) return <NothingRated />
  return (
    <Page title="Draw anchors">
      <Form method="post" className="planning">
        <div className="stack">
          <FormFaults faults={tried?.faults} />
          <DrawFields
            entry={tried?.entry ?? entry}
            versions={versions}
            systems={systems}
            fields={tried?.faults?.fields ?? {}}
          />
        </div>
        <aside aria-label="What would be drawn">
          {tried?.preview ? <Preview preview={tried.preview} how={tried.entry.how} /> : null}
          <p className="row">
            <Submit kind="primary">Draw them</Submit>
            <Submit name="intent" value="preview">
              Count the candidates
            </Submit>
          </p>
          <p className="soft">
            Every candidate has the same chance; the chance is stored with each anchor.{' '}
            <Link to="../anchors">All anchors</Link>
          </p>
        </aside>
      </Form>
    </Page>
  )
}

function Preview({ preview: { candidates, drawnFrom, taken }, how }: { preview: DrawPreview; how: DrawEntry['how'] }) {
  return (
    <div className="panel preview" role="status">
      <p>
        <span className="figure">{whole(taken)}</span> of {plural(drawnFrom, 'response')}
        {how === 'screened' ? (
          <small>
            The half nearest mid-scale of {plural(candidates, 'candidate')}, by the mean of{' '}
            {candidates === 1 ? 'its' : 'their'} ratings.
          </small>
        ) : null}
      </p>
    </div>
  )
}

function NothingRated() {
  return (
    <Page title="Draw anchors">
      <Empty
        title="First some ratings"
        action={
          <Link className="button" to="../rounds">
            Go to the rounds
          </Link>
        }
      >
        Anchors are drawn from responses that were rated before, and nothing has been rated in this project yet.
      </Empty>
    </Page>
  )
}

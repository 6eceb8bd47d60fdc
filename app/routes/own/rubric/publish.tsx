import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { changesBetween } from '#app/evaluation/rubrics/changes.ts'
import { bridgeInWords, kindsInWords } from '#app/evaluation/rubrics/changes-words.ts'
import { differencesBetween } from '#app/evaluation/rubrics/differences.ts'
import { faultInWords, faultsOfContent } from '#app/evaluation/rubrics/faults.ts'
import { publishVersion } from '#app/evaluation/rubrics/publish.ts'
import { readVersion } from '#app/evaluation/rubrics/read.ts'
import { type RoundOfVersion, roundsByVersion } from '#app/evaluation/rubrics/rounds.ts'
import { textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { FormFaults } from '#app/ui/faults.tsx'
import { Field } from '#app/ui/field.tsx'
import { Page, Section } from '#app/ui/page.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { Consequences } from './consequences.tsx'
import { Differences } from './differences.tsx'
import { seenHash, siblingsOf } from './siblings.server.ts'
import { VersionState } from './state.tsx'

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: loaded ? `Publish ${loaded.rubric.name}, version ${loaded.number} · Assay` : 'Publish a rubric · Assay' },
]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'rubrics.write')
  return answering(async () => {
    const version = await readVersion(store(), scope, params.version ?? '')
    if (version.state !== 'draft') throw redirect(`/p/${scope.project.slug}/rubrics/${version.id}`)
    const { base, versions } = await siblingsOf(scope, version)
    const former = base ? await readVersion(store(), scope, base.id) : null
    const change = former ? changesBetween(former, version) : null
    const ids = versions.map(({ id }) => id)
    const rounds = [...(await roundsByVersion(store(), scope, ids)).values()].flat()
    return {
      id: version.id,
      rubric: version.rubric,
      number: version.number,
      note: version.changeNote,
      seen: seenHash(version),
      gaps: faultsOfContent(version).map(faultInWords),
      base: former ? { id: former.id, number: former.number } : null,
      kinds: change ? kindsInWords(change) : null,
      bridge: change ? bridgeInWords(change) : [],
      differences: former ? differencesBetween(former, version) : null,
      rounds: roundsInWords(rounds),
    }
  })
}

function roundsInWords(rounds: readonly RoundOfVersion[]): string {
  const going = rounds.filter(({ state }) => state !== 'closed').length
  if (rounds.length === 0) return 'No round uses this rubric yet.'
  const kept = 'Rounds that were made keep the version they were made with, and so do their ratings.'
  return going === 0 ? kept : `${kept} ${going === 1 ? 'One is' : `${going} are`} not closed yet.`
}

export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'rubrics.write')
  const form = await answering(() => receiveForm(request))
  const entered = { changeNote: textOf(form, 'changeNote') }
  const id = params.version ?? ''
  try {
    const publishing = { ...entered, seen: textOf(form, 'seen') }
    await store().write((tx) => publishVersion(tx, scope, id, publishing))
    throw redirect(`/p/${scope.project.slug}/rubrics/${id}`)
  } catch (error) {
    const faults = errorsOf(error)
    return data({ faults, entered }, { status: faults.status })
  }
}

export default function Publish() {
  const loaded = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const { id, rubric, number, base, gaps } = loaded
  return (
    <Page title={`Publish ${rubric.name}, version ${number}`} note={<VersionState state="draft" />}>
      {gaps.length > 0 ? (
        <Gaps id={id} gaps={gaps} />
      ) : (
        <Form method="post" className="stack" noValidate>
          <FormFaults faults={done?.faults} />
          <input type="hidden" name="seen" value={loaded.seen} />
          <Field
            label="What changes with this version, and why"
            hint="Everyone who reads a figure across versions will look here."
            error={done?.faults.fields.changeNote}
          >
            {(control) => (
              <textarea
                {...control}
                name="changeNote"
                rows={3}
                defaultValue={done?.entered.changeNote ?? loaded.note}
                required
              />
            )}
          </Field>
          <section aria-labelledby="then">
            <h2 id="then">What will happen</h2>
            <Consequences
              said={[
                `Version ${number} is final: nobody can change it any more, and new rounds can choose it.`,
                loaded.rounds,
                ...loaded.bridge,
              ]}
            />
          </section>
          <p className="row">
            <Submit kind="primary">Publish version {number} for good</Submit>
            <Link className="button" to={`../rubrics/${id}/edit`}>
              Back to the editor
            </Link>
          </p>
        </Form>
      )}
      {base && loaded.differences ? (
        <Section
          id="differences"
          title={`What changes since version ${base.number}`}
          lead={loaded.kinds}
          aside={<Link to={`../rubrics/${id}/preview`}>As a rater sees it</Link>}
        >
          <Differences
            differences={loaded.differences}
            before={`Version ${base.number}`}
            after={`Version ${number} (draft)`}
          />
        </Section>
      ) : (
        <p className="soft">
          It is the first version of this rubric. <Link to={`../rubrics/${id}`}>Read it once more</Link>, or see it{' '}
          <Link to={`../rubrics/${id}/preview`}>as a rater does</Link>.
        </p>
      )}
    </Page>
  )
}

/** What is still to be written. Nothing can be published before. */
function Gaps({ id, gaps }: { id: string; gaps: readonly string[] }) {
  return (
    <section className="banner" data-tone="warn" aria-labelledby="gaps">
      <div className="stack">
        <h2 id="gaps">It cannot be published yet</h2>
        <Consequences said={gaps} />
        <Link className="button" to={`../rubrics/${id}/edit`}>
          Go on writing
        </Link>
      </div>
    </section>
  )
}

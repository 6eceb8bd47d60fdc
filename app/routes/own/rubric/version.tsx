import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can, type Scope } from '#app/auth/permissions.ts'
import { bridgeAskedBy } from '#app/evaluation/bridges/asked.ts'
import { discardDraft, startDraft } from '#app/evaluation/rubrics/draft.ts'
import { readVersion } from '#app/evaluation/rubrics/read.ts'
import { restoreVersion, retireVersion } from '#app/evaluation/rubrics/retire.ts'
import { roundsUnder } from '#app/evaluation/rubrics/rounds.ts'
import { textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Page, Section } from '#app/ui/page.tsx'
import { When } from '#app/ui/when.tsx'
import { BridgeAskedFor } from './bridge-asked.tsx'
import { Dimensions } from './dimensions.tsx'
import { Discard, DraftActions, Retire, VersionActions } from './matters.tsx'
import { RoundsOfVersion } from './rounds.tsx'
import { seenHash, siblingsOf } from './siblings.server.ts'
import { VersionState } from './state.tsx'

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: loaded ? `${loaded.version.rubric.name}, version ${loaded.version.number} · Assay` : 'Rubric · Assay' },
]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'rubrics.read')
  return answering(async () => {
    const version = await readVersion(store(), scope, params.version ?? '')
    const rounds = can(scope.roles, 'rounds.read') ? await roundsUnder(store(), scope, version.id) : null
    const { base, draft, versions } = await siblingsOf(scope, version)
    const plans = can(scope.roles, 'rounds.read') && version.state !== 'draft'
    return {
      version,
      rounds,
      base: base ? { id: base.id, number: base.number } : null,
      draft: draft ? { id: draft.id, number: draft.number } : null,
      others: versions.length - 1,
      seen: seenHash(version),
      bridge: plans ? await bridgeAskedBy(store(), scope, version.id) : null,
      mayBridge: can(scope.roles, 'rounds.write') && version.state === 'published',
      mayWrite: can(scope.roles, 'rubrics.write'),
    }
  })
}

/** Does what one of the page's forms asks; returns the address to go on at. */
async function act(scope: Scope, versionId: string, form: FormData): Promise<string> {
  const rubrics = `/p/${scope.project.slug}/rubrics`
  switch (textOf(form, 'intent')) {
    case 'draft': {
      const made = await store().write((tx) => startDraft(tx, scope, versionId))
      return `${rubrics}/${made.versionId}/edit`
    }
    case 'discard':
      await store().write((tx) => discardDraft(tx, scope, versionId, textOf(form, 'seen')))
      return rubrics
    case 'retire':
      await store().write((tx) => retireVersion(tx, scope, versionId))
      return `${rubrics}/${versionId}`
    case 'restore':
      await store().write((tx) => restoreVersion(tx, scope, versionId))
      return `${rubrics}/${versionId}`
    default:
      return `${rubrics}/${versionId}`
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'rubrics.write')
  const form = await answering(() => receiveForm(request))
  try {
    throw redirect(await act(scope, params.version ?? '', form))
  } catch (error) {
    const faults = errorsOf(error)
    return data({ faults }, { status: faults.status })
  }
}

export default function Version() {
  const { version, rounds, base, draft, others, seen, bridge, mayBridge, mayWrite } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const isDraft = version.state === 'draft'
  return (
    <Page
      title={`${version.rubric.name}, version ${version.number}`}
      note={<VersionState state={version.state} />}
      actions={
        isDraft ? (
          <DraftActions id={version.id} mayWrite={mayWrite} />
        ) : (
          <VersionActions draft={draft} mayWrite={mayWrite} />
        )
      }
    >
      {done ? (
        <p className="banner" data-tone="bad" role="alert">
          {done.faults.message}
        </p>
      ) : null}
      <div className="about-version">
        <p className="soft">
          {isDraft ? 'Drafted' : 'Published'} <When at={version.publishedAt ?? version.createdAt} />
          {version.createdBy ? ` by ${version.createdBy}` : ''}
          {base ? (
            <>
              , from <Link to={`../rubrics/${base.id}`}>version {base.number}</Link>
            </>
          ) : null}
          {version.retiredAt ? (
            <>
              ; retired <When at={version.retiredAt} />
            </>
          ) : null}
          .{' '}
          <span className="faint">
            Content <code title={version.contentHash}>{version.contentHash.slice(0, 12)}</code>
          </span>
        </p>
        {version.changeNote ? <p className="note-of-change">{version.changeNote}</p> : null}
        {bridge ? <BridgeAskedFor asked={bridge} versionId={version.id} mayMake={mayBridge} /> : null}
        <p className="row">
          <Link to="../rubrics">All rubrics</Link>
          <Link to={`../rubrics/${version.rubric.key}/changelog`}>Changelog</Link>
          {others > 0 ? (
            <Link to={`../rubrics/compare?to=${version.id}${base ? `&from=${base.id}` : ''}`}>
              Compare with another version
            </Link>
          ) : null}
          <Link to={`../rubrics/${version.id}/preview`}>As a rater sees it</Link>
        </p>
      </div>
      <Dimensions dimensions={version.dimensions} />
      {rounds ? (
        <Section id="rounds" title="Rounds under this version">
          {rounds.length === 0 ? (
            <p className="soft">{isDraft ? 'A draft is rated in no round.' : 'None yet.'}</p>
          ) : (
            <RoundsOfVersion rounds={rounds} />
          )}
        </Section>
      ) : null}
      {mayWrite ? (
        isDraft ? (
          <Discard number={version.number} seen={seen} only={others === 0} />
        ) : (
          <Retire version={version} rounds={rounds ?? []} />
        )
      ) : null}
    </Page>
  )
}

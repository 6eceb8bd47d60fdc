import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import { type ChangelogEntry, readChangelog } from '#app/evaluation/rubrics/changelog.ts'
import { bridgeInWords, kindsInWords } from '#app/evaluation/rubrics/changes-words.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Page } from '#app/ui/page.tsx'
import { When } from '#app/ui/when.tsx'
import { Bridging, bridgedBy } from './bridging.tsx'
import { RoundsOfVersion } from './rounds.tsx'
import { VersionState } from './state.tsx'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Changelog of ${data.rubric.name} · Assay` : 'Changelog · Assay' },
]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'rubrics.read')
  return answering(async () => {
    const { rubric, versions } = await readChangelog(store(), scope, params.rubric ?? '')
    const plans = can(scope.roles, 'rounds.read')
    return { rubric, versions: versions.map((version) => shown(version, plans)) }
  })
}

/** Bridges are for those who plan rounds to know of. */
const shown = ({ since, ...version }: ChangelogEntry, plans: boolean) => ({
  ...version,
  base: since?.base ?? null,
  kinds: since?.change ? kindsInWords(since.change) : null,
  bridged:
    since?.change && since.base && plans && version.state !== 'draft'
      ? bridgedBy(since.base, version, since.change, bridgeInWords(since.change))
      : null,
})

type Shown = ReturnType<typeof shown>

export default function Changelog() {
  const { rubric, versions } = useLoaderData<typeof loader>()
  return (
    <Page title={`Changelog of ${rubric.name}`} note={<code className="faint">{rubric.key}</code>}>
      <p className="row">
        <Link to="../rubrics">All rubrics</Link>
      </p>
      <ol className="changelog">
        {versions.map((version) => (
          <Version key={version.id} version={version} />
        ))}
      </ol>
    </Page>
  )
}

function Version({ version }: { version: Shown }) {
  const { id, number, state, changeNote, base, kinds, bridged, rounds } = version
  return (
    <li>
      <header>
        <h2>
          <Link to={`../rubrics/${id}`}>Version {number}</Link>
        </h2>
        <VersionState state={state} />
        <p className="soft">
          <Dates version={version} />
        </p>
      </header>
      <div>
        {changeNote ? <p className="note-of-change">{changeNote}</p> : null}
        {kinds !== null && base ? (
          <p>
            <Link to={`../rubrics/compare?from=${base.id}&to=${id}`}>Since version {base.number}</Link>: {kinds}
          </p>
        ) : null}
        {bridged ? <Bridging bridged={bridged} /> : null}
        {rounds === null || state === 'draft' ? null : rounds.length === 0 ? (
          <p className="soft">No round has used it yet.</p>
        ) : (
          <>
            <p className="soft">Rounds under it:</p>
            <RoundsOfVersion rounds={rounds} />
          </>
        )}
      </div>
    </li>
  )
}

function Dates({ version: { publishedAt, createdAt, draftedBy, publishedBy, retiredAt } }: { version: Shown }) {
  return (
    <>
      {publishedAt === null ? (
        <>
          drafted <When at={createdAt} />
          {draftedBy ? ` by ${draftedBy}` : ''}
        </>
      ) : (
        <>
          published <When at={publishedAt} />
          {publishedBy ? ` by ${publishedBy}` : ''}
          {draftedBy && draftedBy !== publishedBy ? `, drafted by ${draftedBy}` : ''}
        </>
      )}
      {retiredAt === null ? null : (
        <>
          , retired <When at={retiredAt} />
        </>
      )}
    </>
  )
}

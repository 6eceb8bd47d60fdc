import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import { keepGroupApart, listMerged, mergeAll, mergeGroup, unmerge } from '#app/evaluation/traces/duplicates/merge.ts'
import { offeredGroups } from '#app/evaluation/traces/duplicates/offered.ts'
import { amongst, textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { pageOf } from '#app/http/query.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Empty, Page, Section } from '#app/ui/page.tsx'
import { Paging } from '#app/ui/paging.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { usePolling } from '../imports/use-polling.ts'
import { Done, traces as inWords } from './done.tsx'
import { GroupOffered } from './group.tsx'
import { MergedList } from './merged.tsx'
import { TraceTabs } from './tabs.tsx'

export const meta: MetaFunction = () => [{ title: 'Near-duplicates · Assay' }]

const SIZE = 20
const MERGED_SHOWN = 50
const PATIENCE_MS = 2_000
const POLL_MS = 2_000

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'cases.read')
  const page = pageOf(new URL(request.url).searchParams)
  return answering(async () => {
    const offered = await offeredGroups(store(), scope, { page, size: SIZE, ms: PATIENCE_MS })
    const merged = await listMerged(store(), scope, { page: 1, size: MERGED_SHOWN })
    return { page, offered, merged, mayWrite: can(scope.roles, 'cases.write') }
  })
}

/** Merges a group or all of them, keeps one apart, or takes what was merged apart again. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'cases.write')
  const said = (done: string | null) => data({ done, before: null, faults: null })
  try {
    const form = await receiveForm(request)
    const keep = textOf(form, 'keep')
    switch (amongst(form, 'intent', ['merge', 'merge-all', 'apart', 'unmerge'] as const)[0]) {
      case 'merge':
        return said(`Merged ${inWords(await mergeGroup(store(), scope, keep))}.`)
      case 'merge-all': {
        const { groups, traces } = await mergeAll(store(), scope)
        return said(`Merged ${inWords(traces)} of ${groups.toLocaleString('en')} groups.`)
      }
      case 'apart':
        return said(`Kept ${inWords(await keepGroupApart(store(), scope, keep))} apart.`)
      case 'unmerge':
        return said(`Took ${inWords(await unmerge(store(), scope, keep))} apart again.`)
      default:
        return said(null)
    }
  } catch (error) {
    const faults = errorsOf(error)
    return data({ done: null, before: null, faults }, { status: faults.status })
  }
}

const n = (count: number) => count.toLocaleString('en')

export default function Duplicates() {
  const { page, offered, merged, mayWrite } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  usePolling(!offered.ready, POLL_MS)
  return (
    <Page title="Traces">
      <TraceTabs />
      <Done result={result} />
      {offered.ready ? (
        <>
          <div>
            <p className="finding">
              {offered.total === 0
                ? `Among ${n(offered.compared)} traces no group of near-duplicates waits for a word.`
                : `${n(offered.traces)} of ${n(offered.compared)} traces ask nearly the same as another: ${n(offered.total)} ${offered.total === 1 ? 'group' : 'groups'}.`}
            </p>
            <p className="soft">
              Two count as near when at least four in five of their runs of three words are the same, whatever their
              capitals, accents and punctuation. A merged trace still counts as traffic; it is never sampled beside the
              one kept.
            </p>
          </div>
          {offered.total > 0 && mayWrite ? <MergeAll groups={offered.total} /> : null}
          {offered.groups.map((group) => (
            <GroupOffered key={group.shown[0]?.id} group={group} mayWrite={mayWrite} />
          ))}
          <Paging page={page} size={SIZE} total={offered.total} of="groups" />
        </>
      ) : (
        <Empty title="Comparing all traces with each other">
          This takes some seconds for a hundred thousand. The page loads again by itself.
        </Empty>
      )}
      {merged.total > 0 ? (
        <Section
          id="merged"
          title="Merged so far"
          lead={merged.total > MERGED_SHOWN ? `The ${MERGED_SHOWN} with the most of ${n(merged.total)}.` : undefined}
        >
          <MergedList merged={merged.merged} mayWrite={mayWrite} />
        </Section>
      ) : null}
    </Page>
  )
}

function MergeAll({ groups }: { groups: number }) {
  return (
    <details className="ask">
      <summary>
        Merge all {n(groups)} {groups === 1 ? 'group' : 'groups'}
      </summary>
      <Form method="post">
        <p>
          Of each group the first to come in is kept, or the one a case was made of. Each can be taken apart again
          below.
        </p>
        <Submit name="intent" value="merge-all">
          Merge them all
        </Submit>
      </Form>
    </details>
  )
}

import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import { assignMatching, assignTraces, listsOf, takeBack } from '#app/evaluation/traces/assign.ts'
import { setExcluded } from '#app/evaluation/traces/exclude.ts'
import { listTraces, traceSystems } from '#app/evaluation/traces/list.ts'
import { countTraces, type TraceCounts } from '#app/evaluation/traces/segments.ts'
import { amongst } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Empty, Page } from '#app/ui/page.tsx'
import { Paging } from '#app/ui/paging.tsx'
import { Bulk, BulkAll } from './bulk.tsx'
import { Done, traces as inWords } from './done.tsx'
import { assignmentIn, beforeIn, idsIn } from './entered.server.ts'
import { TraceFilters } from './filters.tsx'
import { traceQueryOf } from './query.ts'
import { Segments } from './segments.tsx'
import { TraceTable } from './table.tsx'
import { TraceTabs } from './tabs.tsx'

export const meta: MetaFunction = () => [{ title: 'Traces · Assay' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'cases.read')
  const query = traceQueryOf(new URL(request.url).searchParams)
  return answering(async () => {
    const { counts, segments } = await countTraces(store(), scope)
    const { traces, total } = await listTraces(store(), scope, query)
    const lists = { ...(await listsOf(store().read, scope)), systems: await traceSystems(store(), scope) }
    return { query, counts, segments, traces, total, lists, mayWrite: can(scope.roles, 'cases.write') }
  })
}

/** Assigns, leaves out, or takes either back; says what was done. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'cases.write')
  try {
    const form = await receiveForm(request)
    const ids = idsIn(form)
    const intents = ['assign', 'assign-all', 'take-back', 'exclude', 'include'] as const
    switch (amongst(form, 'intent', intents)[0]) {
      case 'assign': {
        const before = await assignTraces(store(), scope, ids, assignmentIn(form))
        return data({ done: `Assigned ${inWords(before.length)}.`, before, faults: null })
      }
      case 'assign-all': {
        const query = traceQueryOf(new URL(request.url).searchParams)
        const count = await assignMatching(store(), scope, query, assignmentIn(form))
        return data({ done: `Assigned ${inWords(count)}.`, before: null, faults: null })
      }
      case 'take-back': {
        const count = await takeBack(store(), scope, beforeIn(form))
        return data({ done: `Put ${inWords(count)} back as they were.`, before: null, faults: null })
      }
      case 'exclude': {
        const count = await setExcluded(store(), scope, ids, true)
        return data({ done: `Left ${inWords(count)} out of sampling.`, before: null, faults: null })
      }
      case 'include': {
        const count = await setExcluded(store(), scope, ids, false)
        return data({ done: `Took ${inWords(count)} back into sampling.`, before: null, faults: null })
      }
      default:
        return data({ done: null, before: null, faults: null })
    }
  } catch (error) {
    const faults = errorsOf(error)
    return data({ done: null, before: null, faults }, { status: faults.status })
  }
}

export default function Traces() {
  const { query, counts, segments, traces, total, lists, mayWrite } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const importLink = mayWrite ? (
    <Link className="button primary" to="new">
      Import traces
    </Link>
  ) : null
  if (counts.all === 0) {
    return (
      <Page title="Traces">
        <Empty title="No traces yet" action={importLink}>
          A trace is one production interaction: what a user asked and what the product answered. Cases are drawn from
          them. Bring in an export of Langfuse, LangSmith, OpenTelemetry or OpenAI, or a file of our own.
        </Empty>
      </Page>
    )
  }
  return (
    <Page title="Traces" actions={importLink}>
      <TraceTabs />
      <Done result={result} />
      <Standing counts={counts} mayWrite={mayWrite} />
      <Segments segments={segments} open={counts.open} />
      <section className="section" aria-labelledby="list">
        <h2 id="list" className="unseen">
          List of traces
        </h2>
        <TraceFilters query={query} lists={lists} />
        {traces.length === 0 ? (
          <Empty
            title="No trace fits"
            action={
              <Link className="button" to=".">
                Show all open ones
              </Link>
            }
          >
            Try fewer words, or another set, category or user segment.
          </Empty>
        ) : mayWrite ? (
          <Form method="post" className="section" key={JSON.stringify([query, result?.done])}>
            <TraceTable traces={traces} ticks />
            <Bulk lists={lists} />
          </Form>
        ) : (
          <TraceTable traces={traces} ticks={false} />
        )}
        <Paging page={query.page} size={query.size} total={total} of="traces" />
        {mayWrite && total > traces.length ? <BulkAll lists={lists} total={total} /> : null}
      </section>
    </Page>
  )
}

const n = (count: number) => count.toLocaleString('en')

function Standing({ counts, mayWrite }: { counts: TraceCounts; mayWrite: boolean }) {
  const { open, unassigned, sampled, excluded, duplicate } = counts
  const others = [
    sampled > 0 ? `${n(sampled)} made into cases` : '',
    duplicate > 0 ? `${n(duplicate)} merged into others` : '',
    excluded > 0 ? `${n(excluded)} left out` : '',
  ].filter((part) => part !== '')
  return (
    <div>
      <p className="finding">
        {unassigned === 0
          ? `All ${n(open)} open traces have a category and a user segment.`
          : `${n(unassigned)} of ${n(open)} open traces lack a category or a user segment, and cannot be sampled until they have one.`}
      </p>
      <p className="soft">
        {others.length > 0 ? `Besides: ${others.join(', ')}. ` : ''}
        {unassigned > 0 ? (
          <>
            <Link to="?set=unassigned">See them</Link>
            {mayWrite ? (
              <>
                {' '}
                or <Link to="rules">assign them by rules</Link>
              </>
            ) : null}
            .
          </>
        ) : null}
      </p>
    </div>
  )
}

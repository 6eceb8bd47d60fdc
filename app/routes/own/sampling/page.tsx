import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useLocation } from '@remix-run/react'
import { newId } from '#app/ambient.ts'
import { requireScope } from '#app/auth/guard.server.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { wakeJobs } from '#app/evaluation/jobs/start.ts'
import { readPoolSettings } from '#app/evaluation/pools/settings.ts'
import { queueSampling } from '#app/evaluation/sampling/job.ts'
import { listSamplings } from '#app/evaluation/sampling/list.ts'
import { planSampling } from '#app/evaluation/sampling/plan.ts'
import { textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { pageOf } from '#app/http/query.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { FormFaults } from '#app/ui/faults.tsx'
import { Empty, Page } from '#app/ui/page.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { PoolTabs } from '../pools/tabs.tsx'
import { Earlier } from './earlier.tsx'
import { askedOf, type EnteredSampling, enteredSampling } from './entered.server.ts'
import { SamplingFields } from './fields.tsx'
import { Plan } from './plan.tsx'
import { planView } from './view.server.ts'

export const meta: MetaFunction = () => [{ title: 'Sampling · Assay' }]

const SIZE = 10

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'pools.write')
  const query = new URL(request.url).searchParams
  return answering(async () => {
    const entered = enteredSampling(query, await readPoolSettings(store().read, scope.project.id))
    const page = pageOf(query)
    return {
      entered,
      ...(await plannedFrom(scope, entered)),
      ...(await listSamplings(store(), scope, { page, size: SIZE })),
      page,
    }
  })
}

/** The plan, or what is wrong with what was entered. */
async function plannedFrom(scope: Scope, entered: EnteredSampling) {
  try {
    const { stamp, ...plan } = await planSampling(store().read, scope, askedOf(entered))
    return { view: planView(plan), agreed: { id: newId(), stamp }, faults: {} }
  } catch (error) {
    return { view: null, agreed: null, faults: errorsOf(error).fields }
  }
}

const SENT_ID = /^[0-9a-f-]{36}$/

/** Does what was planned; a plan that holds no more is shown anew instead. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'pools.write')
  let to = ''
  try {
    const form = await receiveForm(request)
    const entered = enteredSampling(form, await readPoolSettings(store().read, scope.project.id))
    const sent = textOf(form, 'id')
    const id = SENT_ID.test(sent) ? sent : newId()
    await queueSampling(store(), scope, { id, asked: askedOf(entered), stamp: textOf(form, 'stamp') })
    wakeJobs()
    to = `/p/${scope.project.slug}/sampling/${id}`
  } catch (error) {
    const faults = errorsOf(error)
    return data({ faults }, { status: faults.status })
  }
  throw redirect(to)
}

export default function Sampling() {
  const { entered, view, agreed, faults, samplings, total, page } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const { search } = useLocation()
  const nothing = view !== null && view.plan.waiting + view.plan.unassigned === 0
  return (
    <Page title="Sampling">
      <PoolTabs />
      {nothing ? (
        <Empty
          title="No trace waits"
          action={
            <Link className="button primary" to="../traces">
              See the traces
            </Link>
          }
        >
          Cases are drawn from traces: production traffic that has a category and a user segment. Bring some in, or take
          back what was left out.
        </Empty>
      ) : (
        <div className="section">
          <SamplingFields entered={entered} faults={faults} />
          {view ? (
            <>
              <p className="finding">{view.finding}</p>
              {view.remarks.length > 0 ? (
                <ul className="plain soft">
                  {view.remarks.map((remark) => (
                    <li key={remark}>{remark}</li>
                  ))}
                </ul>
              ) : null}
              {view.plan.unassigned > 0 ? (
                <p className="soft">
                  <Link to="../traces?set=unassigned">See the unassigned ones</Link> or{' '}
                  <Link to="../traces/rules">assign them by rules</Link>.
                </p>
              ) : null}
            </>
          ) : null}
          {view && agreed && view.plan.drawn > 0 ? (
            <Form method="post" className="section">
              <FormFaults faults={result?.faults} />
              {Object.entries(entered).map(([name, value]) => (
                <input key={name} type="hidden" name={name} value={value} />
              ))}
              <input type="hidden" name="id" value={agreed.id} />
              <input type="hidden" name="stamp" value={agreed.stamp} />
              <div className="row">
                <Submit kind="primary">Sample {view.plan.drawn.toLocaleString('en')} as planned</Submit>
                <span className="soft">
                  What goes to the holdout is sealed at once: from then on it is read through an assignment alone.
                </span>
              </div>
            </Form>
          ) : null}
        </div>
      )}
      {view && !nothing ? <Plan view={view} csv={`sampling/plan.csv${search}`} /> : null}
      <Earlier samplings={samplings} total={total} page={page} size={SIZE} />
    </Page>
  )
}

import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { readSampling, type ShownSampling } from '#app/evaluation/sampling/list.ts'
import type { SamplingAsked } from '#app/evaluation/sampling/planned.ts'
import { percentOf } from '#app/http/numbers.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Page } from '#app/ui/page.tsx'
import { When } from '#app/ui/when.tsx'
import { usePolling } from '../imports/use-polling.ts'
import { PoolTabs } from '../pools/tabs.tsx'
import { Plan } from './plan.tsx'
import { planView } from './view.server.ts'

export const meta: MetaFunction = () => [{ title: 'A sampling · Assay' }]

const POLL_MS = 700

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'pools.write')
  const one = await answering(() => readSampling(store(), scope, params.sampling ?? ''))
  // One that filled the holdout at a rotation has its plan there.
  const view = one.state === 'done' && 'asked' in one.plan ? planView(one.plan) : null
  return { one: one.state === 'done' ? { ...one, plan: null } : one, view }
}

export default function Sampling() {
  const { one, view } = useLoaderData<typeof loader>()
  const pending = one.state === 'waiting' || one.state === 'running'
  usePolling(pending, POLL_MS)
  return (
    <Page title="A sampling">
      <PoolTabs />
      <p className="soft">
        <Link to="../sampling">Sampling</Link> · <When at={one.at} time />
        {one.state === 'done' ? `, by ${one.by}` : ''}
        {view ? `, seed ${view.plan.asked.seed}` : ''}
      </p>
      <div aria-live="polite" className="section">
        {pending ? <Pending one={one} /> : null}
        {one.state === 'failed' ? <Failed one={one} /> : null}
        {one.state === 'done' ? (
          <>
            <p className="finding">Done. {view ? view.finding : 'It filled the holdout for a rotation.'}</p>
            <div className="row">
              <Link className="button primary" to="../pools">
                See the pools
              </Link>
              <Link className="button" to="../cases">
                See the cases
              </Link>
            </div>
          </>
        ) : null}
      </div>
      {view ? <Plan view={view} csv={`${one.id}/plan.csv`} /> : null}
    </Page>
  )
}

function Pending({ one }: { one: Extract<ShownSampling, { state: 'waiting' | 'running' }> }) {
  return (
    <>
      <p className="finding">
        {one.progress === null ? 'Waiting for its turn.' : `${Math.floor(100 * one.progress)} % done.`}
      </p>
      <progress value={one.progress ?? 0} aria-label="How far the sampling is" />
      <p className="soft">You may leave this page; it goes on. All of it is done, or nothing.</p>
      <noscript>
        <a className="button" href={one.id}>
          Look again
        </a>
      </noscript>
    </>
  )
}

const addressOf = ({ size, floorShare, holdoutShare, seed }: SamplingAsked): string =>
  `../sampling?${new URLSearchParams({
    size: String(size),
    floor: percentOf(floorShare),
    holdout: percentOf(holdoutShare),
    seed: String(seed),
  })}`

function Failed({ one }: { one: Extract<ShownSampling, { state: 'failed' }> }) {
  return (
    <>
      <p className="banner" data-tone="bad">
        {one.message}
      </p>
      <p>
        <Link className="button primary" to={addressOf(one.asked)}>
          {one.outdated ? 'See the new plan' : 'Plan again'}
        </Link>
      </p>
    </>
  )
}

import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { histogramOf } from '#app/charts/histogram.server.ts'
import { Histogram } from '#app/charts/histogram.tsx'
import { contaminationWithin } from '#app/evaluation/contamination/read.ts'
import { BINS, HIGH_RISK } from '#app/evaluation/contamination/spread.ts'
import { overdueRotation } from '#app/evaluation/rotation/calendar.ts'
import { pageOf } from '#app/http/query.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Empty, Page, Section } from '#app/ui/page.tsx'
import { Paging } from '#app/ui/paging.tsx'
import { usePolling } from '../imports/use-polling.ts'
import { PoolTabs } from '../pools/tabs.tsx'
import { RotationDue } from '../rotations/due.tsx'
import { Method } from './method.tsx'
import { Spreads } from './spreads.tsx'
import { capital, n } from './words.ts'
import { Worst } from './worst.tsx'

export const meta: MetaFunction = () => [{ title: 'Contamination · Assay' }]

const SIZE = 50
const POLL_MS = 1_500
const EDGES = Array.from({ length: BINS + 1 }, (_, i) => (100 / BINS) * i)

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'contamination.read')
  const page = pageOf(new URL(request.url).searchParams)
  return answering(async () => {
    const overdue = await overdueRotation(store(), scope)
    const computed = await contaminationWithin(store(), scope)
    if (!computed.ready) return { ready: false as const, overdue }
    const { spreads, worst } = computed.value
    return {
      ready: true as const,
      overdue,
      charts: spreads
        .filter(({ category }) => category === null)
        .map(({ pool, cases, mean, high, bins }) => ({ pool, cases, mean, high, chart: histogramOf(bins, EDGES) })),
      spreads,
      worst: worst.slice((page - 1) * SIZE, page * SIZE),
      listed: worst.length,
      page,
    }
  })
}

export default function Contamination() {
  const loaded = useLoaderData<typeof loader>()
  usePolling(!loaded.ready, POLL_MS)
  if (!loaded.ready) {
    return (
      <Page title="Contamination">
        <PoolTabs />
        <RotationDue overdue={loaded.overdue} />
        <p className="finding" role="status">
          The risk of every case is being reckoned. The page looks again by itself.
        </p>
      </Page>
    )
  }
  const { charts, spreads, worst, listed, page, overdue } = loaded
  if (charts.length === 0) {
    return (
      <Page title="Contamination">
        <PoolTabs />
        <Empty title="No cases to look at" action={<Link to="../cases">Cases</Link>}>
          The longer a case is used, the more the product may have been made for it. This page says for each active and
          sealed case how far that may have gone.
        </Empty>
      </Page>
    )
  }
  return (
    <Page title="Contamination">
      <PoolTabs />
      <RotationDue overdue={overdue} />
      <div>
        {charts.map(({ pool, cases, mean, high }) => (
          <p className="finding" key={pool}>
            {capital(pool)}: a mean risk of {Math.round(mean)} over {n(cases)} cases; {high === 0 ? 'none' : n(high)} at{' '}
            {HIGH_RISK} or more.
          </p>
        ))}
        <p className="soft">
          From 0, nothing happened to the case, to 100, it stands in a prompt or training file word for word. An index
          that orders cases, not a probability.
        </p>
      </div>
      <Section
        id="spread"
        title="How the risk is spread"
        aside={<a href="contamination.csv?table=spread">CSV</a>}
        lead="Cases by tens of risk, by pool and by segment."
      >
        <div className="histograms">
          {charts.map(({ pool, chart }) => (
            <Histogram key={pool} title={capital(pool)} x="cases by risk" chart={chart} />
          ))}
        </div>
        <Spreads spreads={spreads} />
      </Section>
      <Section
        id="worst"
        title="The cases at most risk"
        aside={<a href="contamination.csv">CSV</a>}
        lead="Let these retire or graduate first: a rotation goes by age and exposure, an archived case leaves at once."
      >
        <Worst cases={worst} />
        <Paging page={page} size={SIZE} total={listed} of="cases" />
      </Section>
      <Method />
    </Page>
  )
}

import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { now } from '#app/ambient.ts'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import { ShareRowsChart } from '#app/charts/share-rows.tsx'
import { countPools } from '#app/evaluation/pools/count.ts'
import { nextRotation } from '#app/evaluation/pools/next-rotation.ts'
import { readPoolSettings, savePoolSettings } from '#app/evaluation/pools/settings.ts'
import { overdueRotation } from '#app/evaluation/rotation/calendar.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { percentOf } from '#app/http/numbers.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Empty, Page, Section } from '#app/ui/page.tsx'
import { RotationDue } from '../rotations/due.tsx'
import { openDue } from '../rotations/open-due.server.ts'
import { Due } from './due.tsx'
import { enteredIn, enteredOf, settingsIn } from './settings.server.ts'
import { Settings } from './settings.tsx'
import { PoolTable } from './table.tsx'
import { PoolTabs } from './tabs.tsx'
import { poolsView } from './view.server.ts'

export const meta: MetaFunction = () => [{ title: 'Pools · Assay' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'pools.read')
  return answering(async () => {
    await openDue(scope)
    const pools = await countPools(store(), scope)
    const due = await nextRotation(store().read, scope.project.id)
    return {
      pools,
      overdue: await overdueRotation(store(), scope),
      view: poolsView(pools),
      due: { ...due, daysLeft: due.dueAt === null ? null : Math.ceil((due.dueAt - now()) / 86_400_000) },
      entered: enteredOf(await readPoolSettings(store().read, scope.project.id)),
      may: {
        write: can(scope.roles, 'pools.write'),
        readCases: can(scope.roles, 'cases.read'),
        rotate: can(scope.roles, 'rotation.read'),
      },
    }
  })
}

/** Saves how the pools are filled and turned. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'pools.write')
  const form = await answering(() => receiveForm(request))
  const entered = enteredIn(form)
  try {
    await savePoolSettings(store(), scope, settingsIn(entered))
    return data({ faults: undefined, entered: undefined })
  } catch (error) {
    const faults = errorsOf(error)
    return data({ faults, entered }, { status: faults.status })
  }
}

const n = (count: number) => count.toLocaleString('en')

const TONES = [['raw', 'dot']]
const LEGEND = [
  { tone: 'raw', says: 'active' },
  { tone: 'dot', says: 'holdout' },
]

export default function PoolsPage() {
  const { pools, view, due, overdue, entered, may } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const { active, holdout, retired } = pools.all
  const sample = may.write ? (
    <Link className="button primary" to="../sampling">
      Sample traces
    </Link>
  ) : null
  return (
    <Page title="Pools" actions={active + holdout + retired > 0 ? sample : null}>
      <PoolTabs />
      <RotationDue overdue={overdue} />
      {result && !result.faults ? (
        <p className="banner" role="status">
          The settings are saved.
        </p>
      ) : null}
      {active + holdout + retired === 0 ? (
        <Empty title="The pools are empty" action={sample}>
          Cases are active, which is run and looked at; held out, which is sealed for experts alone; or retired. They
          are drawn from traces, or imported as active.
        </Empty>
      ) : (
        <>
          <div>
            <p className="finding">
              {n(active)} active, {n(holdout)} in the holdout, {n(retired)} retired.
            </p>
            {overdue === null ? <Due due={due} held={holdout} mayLook={may.rotate} /> : null}
            {pools.lacking > 0 ? (
              <p className="soft">
                {n(pools.lacking)} of {n(active)} active cases lack a validated high or borderline reference.{' '}
                {may.readCases ? <Link to="../references/missing?pool=active">See what is missing</Link> : null}
              </p>
            ) : (
              <p className="soft">Every active case has a validated high and a validated borderline reference.</p>
            )}
          </div>
          <Section
            id="set"
            title="The eval set by category"
            aside={
              <a href="pools.csv" download>
                CSV
              </a>
            }
            lead={`${view.floorSaid} Beside what the holdout of a segment has stands what it is to have, ${percentOf(pools.holdoutShare)} %.`}
          >
            <ShareRowsChart
              chart={view.chart}
              title="Share of the eval set by category"
              description={view.description}
              rows={view.rows}
              tones={TONES}
              legend={LEGEND}
            />
            <PoolTable pools={pools} />
          </Section>
        </>
      )}
      <Settings entered={result?.entered ?? entered} faults={result?.faults} mayWrite={may.write} />
    </Page>
  )
}

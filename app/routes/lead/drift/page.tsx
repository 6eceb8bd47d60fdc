import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import { prepareAgreement } from '#app/evaluation/agreement/prepare.server.ts'
import { DRIFT_COMPUTING } from '#app/evaluation/drift/computing.server.ts'
import { driftIn } from '#app/evaluation/drift/drift.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Empty, Page } from '#app/ui/page.tsx'
import { usePolling } from '../../own/imports/use-polling.ts'
import { NotInYet } from '../agreement/behind.tsx'
import { Alarms, AllDimensions } from './all.tsx'
import { Anchors } from './anchors.tsx'
import { Bridges } from './bridges.tsx'
import { Filters } from './filters.tsx'
import { drawnDrift } from './found.server.ts'
import { Method, NoRatings, NothingRated } from './method.tsx'
import { Mix } from './mix.tsx'
import { Next } from './next.tsx'
import { Planner } from './planner.tsx'
import { driftFields, readDriftQuery } from './query.server.ts'
import { Raters } from './raters.tsx'
import { Split } from './split.tsx'
import { Trend } from './trend.tsx'

export const meta: MetaFunction = () => [{ title: 'Drift · Assay' }]

const POLL_MS = 3_000

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'agreement.read')
  void prepareAgreement(store(), scope)
  return answering(async () => {
    const { filter: wanted, dimension } = readDriftQuery(request)
    const { choices, filter, found } = await driftIn(store(), scope, wanted, DRIFT_COMPUTING)
    const findings = found?.ready ? found.value : null
    return {
      choices,
      fields: driftFields(filter ?? wanted),
      computing: found !== null && !found.ready,
      behind: (found?.ready && found.behind) || null,
      drawn:
        filter && findings && findings.basis.ratings > 0
          ? await drawnDrift(findings, { request, scope, filter, choices, dimension })
          : null,
      dimension,
      mayPlan: can(scope.roles, 'rounds.read'),
    }
  })
}

export default function Drift() {
  const { choices, fields, computing, behind, drawn, dimension, mayPlan } = useLoaderData<typeof loader>()
  usePolling(computing || drawn?.plan?.pending === true, POLL_MS)
  return (
    <Page title="Drift" note={drawn?.simulated ? <span className="chip">Simulated ratings</span> : null}>
      {choices.rubrics.length === 0 ? (
        <NothingRated mayPlan={mayPlan} />
      ) : (
        <>
          <div className="section">
            <Filters
              fields={fields}
              choices={choices}
              dimensions={drawn?.dimensions ?? []}
              dimension={drawn?.one?.key ?? dimension}
              periods={drawn?.periods ?? null}
            />
            <NotInYet behind={behind} />
          </div>
          {computing ? <Computing /> : drawn ? <Found drawn={drawn} alarms={fields.alarms} /> : <NoRatings />}
        </>
      )}
    </Page>
  )
}

type Drawn = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>['drawn']>

function Found({ drawn, alarms }: { drawn: Drawn; alarms: string }) {
  const { one } = drawn
  return (
    <>
      <div className="section">
        {one ? (
          <>
            <p className="finding">
              {one.finding.headline.map(({ text, strong }) => (strong ? <strong key={text}>{text}</strong> : text))}
            </p>
            {one.finding.more.length > 0 ? <p className="finding">{one.finding.more.join(' ')}</p> : null}
          </>
        ) : (
          <p className="finding">No dimension can be looked at.</p>
        )}
        <p className="soft">{drawn.restsOn} · in brackets 95 % intervals</p>
      </div>
      <Alarms rows={drawn.alarms} />
      <Next steps={drawn.steps} />
      {one ? <Dimension one={one} alarms={alarms} /> : null}
      <AllDimensions rows={drawn.rows} leftOut={drawn.leftOut} chosen={one?.key ?? null} />
      {drawn.plan ? <Planner view={drawn.plan} /> : null}
      <Method />
    </>
  )
}

const FALSE_ALARMS: Record<string, string> = {
  '0.5': 'one false alarm in 200 periods',
  '1': 'one false alarm in 100 periods',
  '2': 'two false alarms in 100 periods',
  '5': 'five false alarms in 100 periods',
}

function Dimension({ one, alarms }: { one: NonNullable<Drawn['one']>; alarms: string }) {
  return (
    <>
      {one.trend ? <Trend view={one.trend} dimension={one} /> : null}
      {one.split || one.raters ? (
        <div className="beside causes">
          {one.split ? <Split view={one.split} dimension={one.key} /> : null}
          {one.raters ? <Raters view={one.raters} dimension={one.key} /> : null}
        </div>
      ) : null}
      {!one.raters && one.anchors.rows.length > 0 ? (
        <p className="soft">
          No rater has rated five anchors in the baseline and again in the latest period, so raters cannot be compared
          one by one. Longer periods, or a larger share of anchors in the rounds, would allow it.
        </p>
      ) : null}
      <Anchors
        view={one.anchors}
        transitions={one.transitions}
        dimension={one}
        falseAlarms={FALSE_ALARMS[alarms] ?? ''}
      />
      <Bridges views={one.bridges} dimension={one.key} />
      {one.mix ? <Mix view={one.mix} dimension={one.key} /> : null}
    </>
  )
}

function Computing() {
  return (
    <Empty title="Still computing">
      Limits of the charts are simulated and the change of the mean is taken apart a few hundred times over. This page
      looks again by itself; without scripts, load it again in a few seconds.
    </Empty>
  )
}

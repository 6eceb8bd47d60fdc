import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import { prepareAgreement } from '#app/evaluation/agreement/prepare.server.ts'
import { calibrationIn } from '#app/evaluation/calibration/calibration.ts'
import { COMPUTING } from '#app/evaluation/calibration/computing.server.ts'
import { whole } from '#app/evaluation/figure.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Page } from '#app/ui/page.tsx'
import { Paging } from '#app/ui/paging.tsx'
import { usePolling } from '../../own/imports/use-polling.ts'
import { NotInYet } from '../agreement/behind.tsx'
import { Choose, Filters, useAddress } from '../agreement/filters.tsx'
import { fieldsOf } from '../agreement/query.server.ts'
import { Companions } from './companions.tsx'
import { Contrasts } from './contrasts.tsx'
import { drawn } from './drawn.server.ts'
import { Fit } from './fit.tsx'
import { Groups } from './groups.tsx'
import { Items } from './items.tsx'
import { Levels } from './levels.tsx'
import { ComputingStill, Method, NoRatings, NoRounds } from './method.tsx'
import { readCalibrationQuery } from './query.server.ts'
import { Severity } from './severity.tsx'
import { Suspicion } from './suspicion.tsx'
import { Variance } from './variance.tsx'

export const meta: MetaFunction = () => [{ title: 'Calibration · Assay' }]

const POLL_MS = 2_000

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'calibration.read')
  void prepareAgreement(store(), scope)
  return answering(async () => {
    const query = readCalibrationQuery(request)
    const { choices, filter, figures } = await calibrationIn(store(), scope, query.filter, COMPUTING)
    const ready = figures?.ready ? figures.value : null
    return {
      choices,
      fields: fieldsOf(filter ?? query.filter),
      otherVersion:
        query.filter.rubricVersionId !== null &&
        filter !== null &&
        query.filter.rubricVersionId !== filter.rubricVersionId,
      computing: figures !== null && !figures.ready,
      behind: (figures?.ready && figures.behind) || null,
      found: filter && ready && ready.ratings > 0 ? await drawn(scope, filter, ready, query) : null,
      mayPlan: can(scope.roles, 'rounds.read'),
    }
  })
}

export default function Calibration() {
  const { choices, fields, otherVersion, computing, behind, found, mayPlan } = useLoaderData<typeof loader>()
  const simulated = found !== null && found.sources.simulated === found.basis.ratings
  usePolling(computing || found?.suspicion.state === 'computing' || found?.variance.state === 'computing', POLL_MS)
  return (
    <Page title="Calibration" note={simulated ? <span className="chip">Simulated ratings</span> : null}>
      {choices.rounds.length === 0 ? (
        <NoRounds mayPlan={mayPlan} />
      ) : (
        <>
          <div className="section">
            <Filters fields={fields} choices={choices}>
              {found && found.chooseFrom.length > 1 ? (
                <Choose name="rater" label="Show only" all="All raters" value={found.rater?.id ?? ''}>
                  {found.chooseFrom.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </Choose>
              ) : null}
              {found?.unit === 'logits' ? <input type="hidden" name="unit" value="logits" /> : null}
            </Filters>
            {otherVersion ? (
              <p className="soft">The round you chose has its own rubric version, so that is the one shown.</p>
            ) : null}
            {found ? <Mixed found={found} /> : null}
            <NotInYet behind={behind} />
          </div>
          {computing ? <ComputingStill /> : found ? <Found found={found} /> : <NoRatings />}
        </>
      )}
    </Page>
  )
}

type Drawn = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>['found']>

function Found({ found }: { found: Drawn }) {
  const address = useAddress()
  const { finding, rater } = found
  return (
    <>
      <div className="section">
        <p className="finding">
          {finding.headline.map(({ text, strong }) => (strong ? <strong key={text}>{text}</strong> : text))}
        </p>
        <p className="finding">{finding.more.join(' ')}</p>
        <p className="soft">{found.restingOn}</p>
        {rater ? (
          <p className="banner">
            All raters take part in the computing; below, {rater.name} alone is shown.
            <Link to={address('', { rater: null, raterPage: null })}>Show all raters</Link>
          </p>
        ) : null}
      </div>
      <Groups groups={found.groups} />
      {found.unmeasured === null ? <Measured found={found} /> : null}
      <Levels rows={found.levels} dimensions={found.dimensions} />
      <Companions rows={found.companions.rows} columns={found.companions.columns} />
      <Variance view={found.variance} />
      <Suspicion view={found.suspicion} />
      <Items rows={found.items.rows} total={found.items.total} page={found.items.page} sort={found.items.sort} />
      <Method remarks={found.remarks} />
    </>
  )
}

/** What needs a fit of the model. */
function Measured({ found }: { found: Drawn }) {
  const { unit } = found
  return (
    <>
      <Severity
        rows={found.severity}
        plot={found.plots.severity}
        description={found.description}
        separation={found.separation}
        unit={unit}
      />
      {found.raters.total > found.raters.size ? (
        <Paging
          page={found.raters.page}
          size={found.raters.size}
          total={found.raters.total}
          of="raters"
          name="raterPage"
        />
      ) : null}
      <Fit rows={found.severity} plot={found.plots.fit} />
      <Contrasts rows={found.contrasts.rows} plot={found.contrasts.plot} left={found.contrasts.left} unit={unit} />
    </>
  )
}

/** Simulated ratings beside real ones are never passed over in silence. */
function Mixed({ found: { sources, basis } }: { found: Drawn }) {
  const address = useAddress()
  if (sources.simulated === 0 || sources.simulated === basis.ratings) return null
  return (
    <p className="banner" data-tone="warn">
      {whole(sources.simulated)} of these {whole(basis.ratings)} ratings are simulated, the others are not.
      {sources.app > 0 ? <Link to={address('', { source: 'app' })}>Only those made here</Link> : null}
      {sources.import > 0 ? <Link to={address('', { source: 'import' })}>Only those imported</Link> : null}
      <Link to={address('', { source: 'simulated' })}>Only the simulated</Link>
    </p>
  )
}

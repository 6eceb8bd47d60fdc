import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import { prepareAgreement } from '#app/evaluation/agreement/prepare.server.ts'
import { percent, whole } from '#app/evaluation/figure.ts'
import { overdueRotation } from '#app/evaluation/rotation/calendar.ts'
import { listRounds } from '#app/evaluation/rounds/list.ts'
import type { RoundSummary } from '#app/evaluation/rounds/shown.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Empty, Page } from '#app/ui/page.tsx'
import { Paging } from '#app/ui/paging.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { When } from '#app/ui/when.tsx'
import { RotationDue } from '../../own/rotations/due.tsx'
import { RoundState } from './round-state.tsx'

export const meta: MetaFunction = () => [{ title: 'Rounds · Assay' }]

const STATES = ['open', 'draft', 'closed'] as const
const PER_PAGE = 25

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'rounds.read')
  void prepareAgreement(store(), scope)
  const asked = new URL(request.url).searchParams
  const state = STATES.find((one) => one === asked.get('state'))
  const page = Math.max(1, Number.parseInt(asked.get('page') ?? '1', 10) || 1)
  const { rounds, all } = await answering(() => listRounds(store().read, scope, { page, ...(state ? { state } : {}) }))
  const overdue = await overdueRotation(store(), scope)
  return {
    rounds,
    all,
    page,
    size: PER_PAGE,
    state: state ?? null,
    overdue,
    mayWrite: can(scope.roles, 'rounds.write'),
  }
}

const TABS = [
  [null, 'All'],
  ['open', 'Open'],
  ['draft', 'Drafts'],
  ['closed', 'Closed'],
] as const

export default function Rounds() {
  const { rounds, all, page, size, state, overdue, mayWrite } = useLoaderData<typeof loader>()
  const make = mayWrite ? (
    <Link className="button primary" to="new">
      New round
    </Link>
  ) : null
  if (all === 0 && state === null)
    return (
      <Page title="Rounds">
        <Empty title="No round yet" action={make}>
          A round asks chosen raters to score chosen responses under one rubric version, each response by several of
          them, until a date. Its ratings are what agreement is computed from.
        </Empty>
      </Page>
    )
  return (
    <Page
      title="Rounds"
      actions={
        <>
          {mayWrite ? (
            <Link className="button" to="bridge">
              New bridge
            </Link>
          ) : null}
          {make}
        </>
      }
    >
      <RotationDue overdue={overdue} />
      <div className="section">
        <nav className="tabs" aria-label="Rounds by state">
          {TABS.map(([value, label]) => (
            <Link key={label} to={value ? `?state=${value}` : '?'} aria-current={value === state ? 'page' : undefined}>
              {label}
            </Link>
          ))}
        </nav>
        {rounds.length === 0 ? (
          <p className="soft">No round is in this state.</p>
        ) : (
          <Scroll label="Rounds">
            <table className="rounds">
              <thead>
                <tr>
                  <th scope="col">Round</th>
                  <th scope="col">State</th>
                  <th scope="col">Progress</th>
                  <th scope="col" className="number">
                    Items × raters each
                  </th>
                  <th scope="col" className="number">
                    Raters
                  </th>
                  <th scope="col">Rubric</th>
                  <th scope="col">Dates</th>
                </tr>
              </thead>
              <tbody>
                {rounds.map((round) => (
                  <Row key={round.id} round={round} />
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
        <Paging page={page} size={size} total={all} of="rounds" />
      </div>
    </Page>
  )
}

function Row({ round }: { round: RoundSummary }) {
  const { id, name, simulated, isBridge, state, items, overlap, raters, rubric, startsAt, endsAt, needed, ratings } =
    round
  return (
    <tr>
      <th scope="row">
        <Link to={id}>{name}</Link> {simulated === null ? null : <span className="chip">Simulated</span>}
        {isBridge ? <span className="chip">Bridge</span> : null}
      </th>
      <td>
        <RoundState state={state} />
      </td>
      <td className="progress">
        <progress value={ratings} max={Math.max(1, needed)} aria-label={`Progress of ${name}`} />
        <span>
          {percent(needed === 0 ? 0 : ratings / needed)}{' '}
          <span className="faint">
            {whole(ratings)} of {whole(needed)}
          </span>
        </span>
      </td>
      <td className="number">
        {whole(items)} × {overlap}
      </td>
      <td className="number">{raters}</td>
      <td>
        {rubric.name} <span className="faint">{rubric.version}</span>
      </td>
      <td>
        {startsAt === null ? null : <When at={startsAt} />}
        {endsAt === null ? null : (
          <>
            {' '}
            to <When at={endsAt} />
          </>
        )}
      </td>
    </tr>
  )
}

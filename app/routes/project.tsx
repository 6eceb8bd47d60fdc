import type { LoaderFunctionArgs } from '@remix-run/node'
import {
  Outlet,
  type ShouldRevalidateFunctionArgs,
  useLoaderData,
  useMatches,
  useRouteLoaderData,
} from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can, type Permission } from '#app/auth/permissions.ts'
import { projectsOf } from '#app/auth/projects.server.ts'
import { prepareAgreement } from '#app/evaluation/agreement/prepare.server.ts'
import { store } from '#app/store.server.ts'
import { Failure, FailureBeside } from '#app/ui/failure.tsx'
import { Rail, type RailLink } from '#app/ui/rail.tsx'
import type { Role } from '#db/schema/people.ts'

type Entry = { to: string; label: string; permission: Permission; pages?: readonly Entry[] }

/** Everything about the pools, as tabs of one another. */
const POOLS: readonly Entry[] = [
  { to: 'pools', label: 'Pools', permission: 'pools.read' },
  { to: 'sampling', label: 'Sampling', permission: 'pools.write' },
  { to: 'rotations', label: 'Rotations', permission: 'rotation.read' },
  { to: 'exposures', label: 'Exposures', permission: 'exposures.read' },
  { to: 'contamination', label: 'Contamination', permission: 'contamination.read' },
  { to: 'scan', label: 'Scan', permission: 'scan.run' },
]

const GROUPS: readonly { title: string; links: readonly Entry[] }[] = [
  {
    title: 'Rate',
    links: [
      { to: 'queue', label: 'Queue', permission: 'items.rate' },
      { to: 'references', label: 'References', permission: 'items.rate' },
      { to: 'history', label: 'My ratings', permission: 'items.rate' },
      { to: 'my-calibration', label: 'My calibration', permission: 'calibration.own' },
    ],
  },
  {
    title: 'Lead',
    links: [
      { to: 'rounds', label: 'Rounds', permission: 'rounds.read' },
      { to: 'anchors', label: 'Anchors', permission: 'rounds.read' },
      { to: 'agreement', label: 'Agreement', permission: 'agreement.read' },
      { to: 'calibration', label: 'Calibration', permission: 'calibration.read' },
      { to: 'drift', label: 'Drift', permission: 'agreement.read' },
    ],
  },
  {
    title: 'Golden set',
    links: [
      { to: 'traces', label: 'Traces', permission: 'cases.read' },
      { to: 'cases', label: 'Cases', permission: 'cases.read' },
      { to: 'references', label: 'References', permission: 'cases.read' },
      { to: 'pools', label: 'Pools', permission: 'pools.read', pages: POOLS },
    ],
  },
  {
    title: 'Own',
    links: [
      { to: 'systems', label: 'Systems', permission: 'cases.read' },
      { to: 'closeness', label: 'Closeness', permission: 'closeness.read' },
      { to: 'rubrics', label: 'Rubric', permission: 'rubrics.read' },
      { to: 'imports', label: 'Imports', permission: 'imports.read' },
    ],
  },
  {
    title: 'Admin',
    links: [
      { to: 'people', label: 'People', permission: 'people.read' },
      { to: 'permissions', label: 'Permissions', permission: 'permissions.read' },
      { to: 'audit', label: 'Audit log', permission: 'audit.read' },
      { to: 'settings', label: 'Settings', permission: 'project.write' },
    ],
  },
]

/** Those one may open; where that is not the first page of a matter, the matter leads to the first that one may. */
const reachable = (roles: readonly Role[], entries: readonly Entry[]): RailLink[] =>
  entries.flatMap(({ to, label, permission, pages }) => {
    const within = pages ? reachable(roles, pages) : []
    const first = can(roles, permission) ? to : within[0]?.to
    return first === undefined ? [] : [{ to: first, label, pages: within }]
  })

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'permissions.read')
  void prepareAgreement(store(), scope)
  const groups = GROUPS.map(({ title, links }) => ({ title, links: reachable(scope.roles, links) })).filter(
    ({ links }) => links.length > 0,
  )
  const { slug, name } = scope.project
  const others = (await projectsOf(scope.user.id)).filter((one) => one.slug !== slug)
  return {
    project: { slug, name },
    groups,
    person: scope.user.name,
    others: others.slice(0, NEIGHBOURS).map((one) => ({ slug: one.slug, name: one.name })),
    more: others.length > NEIGHBOURS,
  }
}

/** So many of one's other projects are a press away; the account page has all. */
const NEIGHBOURS = 4

/** The rail changes with the project only. */
export const shouldRevalidate = ({
  currentParams,
  nextParams,
  formMethod,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs) =>
  currentParams.project !== nextParams.project ||
  (formMethod !== undefined && formMethod !== 'GET' && defaultShouldRevalidate)

export default function Project() {
  const loaded = useLoaderData<typeof loader>()
  const alone = useMatches().some((match) => (match.handle as { alone?: boolean } | undefined)?.alone)
  if (alone) return <Outlet />
  return (
    <div className="app">
      <Rail {...loaded} />
      <Outlet />
    </div>
  )
}

/** A page that failed leaves the rail where it is; a project one does not belong to has none. */
export function ErrorBoundary() {
  const loaded = useRouteLoaderData<typeof loader>('routes/project')
  if (!loaded) return <Failure />
  return (
    <div className="app">
      <Rail {...loaded} />
      <FailureBeside />
    </div>
  )
}

import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { PERMISSIONS } from '#app/auth/permissions.ts'
import { Page } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { ROLES, type Role } from '#db/schema/roles.ts'
import { ROLE_TEXTS } from './role-boxes.tsx'

export const meta: MetaFunction = () => [{ title: 'Permissions · Assay' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'permissions.read')
  return { held: ROLES.filter((role) => scope.roles.includes(role)), project: scope.project.name }
}

export default function Permissions() {
  const { held, project } = useLoaderData<typeof loader>()
  return (
    <Page title="Permissions">
      <p className="finding">
        You are <strong>{held.join(' and ')}</strong> in {project}. This table is the one the server asks.
      </p>
      <Scroll label="Who may do what">
        <table className="permissions">
          <thead>
            <tr>
              <th scope="col">May</th>
              {ROLES.map((role) => (
                <th key={role} scope="col" data-held={held.includes(role) || undefined}>
                  {role}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Object.entries(PERMISSIONS).map(([permission, { what, roles }]) => (
              <tr key={permission}>
                <th scope="row">{what}</th>
                {ROLES.map((role) => (
                  <Cell key={role} granted={(roles as readonly Role[]).includes(role)} held={held.includes(role)} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <dl className="roles">
        {ROLES.map((role) => (
          <div key={role}>
            <dt>{role}</dt>
            <dd>{ROLE_TEXTS[role]}</dd>
          </div>
        ))}
      </dl>
    </Page>
  )
}

function Cell({ granted, held }: { granted: boolean; held: boolean }) {
  return (
    <td data-held={held || undefined}>
      {granted ? <span className="granted">yes</span> : <span className="unseen">no</span>}
    </td>
  )
}

import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import { listSystems } from '#app/evaluation/systems/list.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Empty, Page } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { When } from '#app/ui/when.tsx'

export const meta: MetaFunction = () => [{ title: 'Systems · Assay' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'cases.read')
  const systems = await answering(() => listSystems(store(), scope))
  return { systems, mayImport: can(scope.roles, 'cases.write') }
}

const n = (count: number) => count.toLocaleString('en')

/** Never rounded up to all, nor down to nothing. */
function percent(share: number): string {
  if (share > 0 && share < 0.01) return '< 1 %'
  return `${Math.floor(100 * share + 1e-9)} %`
}

export default function Systems() {
  const { systems, mayImport } = useLoaderData<typeof loader>()
  const importLink = mayImport ? (
    <Link className="button" to="../imports/new?kind=responses">
      Import responses
    </Link>
  ) : null
  return (
    <Page title="System versions" actions={systems.length > 0 ? importLink : null}>
      {systems.length === 0 ? (
        <Empty title="No system version yet" action={importLink}>
          A system version is one configuration of the product under test: model, prompt, retrieval. It appears here
          with the first response that names it.
        </Empty>
      ) : (
        <Scroll label="System versions">
          <table>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col" className="number">
                  Responses
                </th>
                <th scope="col" className="number">
                  Of the cases
                </th>
                <th scope="col" className="number">
                  Last response
                </th>
                <th scope="col" className="number">
                  Items in rounds
                </th>
                <th scope="col" className="number">
                  Ratings
                </th>
                <th scope="col" className="number">
                  Since
                </th>
              </tr>
            </thead>
            <tbody>
              {systems.map((system) => (
                <tr key={system.id}>
                  <th scope="row">{system.name}</th>
                  <td className="number">{n(system.responses)}</td>
                  <td className="number">{system.share === null ? '' : percent(system.share)}</td>
                  <td className="number">
                    {system.lastResponseAt === null ? (
                      <span className="faint">none</span>
                    ) : (
                      <When at={system.lastResponseAt} />
                    )}
                  </td>
                  <td className="number">{n(system.items)}</td>
                  <td className="number">{n(system.ratings)}</td>
                  <td className="number">
                    <When at={system.createdAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Page>
  )
}

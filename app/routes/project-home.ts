import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { requireScope } from '#app/auth/guard.server.ts'
import type { Role } from '#db/schema/people.ts'

const HOME: readonly (readonly [Role, string])[] = [
  ['lead', 'rounds'],
  ['owner', 'cases'],
  ['rater', 'queue'],
  ['builder', 'agreement'],
  ['admin', 'people'],
]

/** Where each role's work begins. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'permissions.read')
  const [, page] = HOME.find(([role]) => scope.roles.includes(role)) ?? ['rater', 'permissions']
  throw redirect(`/p/${scope.project.slug}/${page}`)
}

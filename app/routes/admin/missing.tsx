import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireScope } from '#app/auth/guard.server.ts'
import { notFound } from '#app/http/responses.ts'

/** Every address under a project that is none, told beside the rail. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  await requireScope(request, params, 'permissions.read')
  throw notFound()
}

export const action = loader

/** Never drawn; without it the answer would be data and not a page. */
export default function Missing() {
  return null
}

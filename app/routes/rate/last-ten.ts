import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireScope } from '#app/auth/guard.server.ts'
import { listOwnRatings } from '#app/evaluation/ratings/history.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'

const TEN = 10

/** One's own last ten ratings as JSON, for the rating page. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const scope = await requireScope(request, params, 'items.rate')
  return answering(async () => Response.json(await listOwnRatings(store(), scope, { limit: TEN })))
}

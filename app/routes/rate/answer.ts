import type { ActionFunctionArgs } from '@remix-run/node'
import type { z } from 'zod'
import { requireScope } from '#app/auth/guard.server.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { readJson } from '#app/http/json.server.ts'
import { answering } from '#app/http/responses.ts'

/** Packing a shorter answer costs the server more than sending it costs the network. */
const WORTH_PACKING = 8_192

/** An endpoint of the rating page: guard, parse the JSON that was sent, one call, its answer as JSON. */
export const answerRater =
  <S extends z.ZodType>(shape: S, call: (scope: Scope, round: string, values: z.output<S>) => Promise<object>) =>
  async ({ request, params }: ActionFunctionArgs): Promise<Response> => {
    const scope = await requireScope(request, params, 'items.rate')
    const answer = await answering(async () => call(scope, params.round ?? '', await readJson(request, shape)))
    const body = JSON.stringify(answer)
    const cache = body.length < WORTH_PACKING ? 'no-store, no-transform' : 'no-store'
    return new Response(body, { headers: { 'Content-Type': 'application/json', 'Cache-Control': cache } })
  }

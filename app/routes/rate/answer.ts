import type { ActionFunctionArgs } from '@remix-run/node'
import type { z } from 'zod'
import { requireScope } from '#app/auth/guard.server.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { readJson } from '#app/http/json.server.ts'
import { answering } from '#app/http/responses.ts'

/** An endpoint of the rating page: guard, parse the JSON that was sent, one call, its answer as JSON. */
export const answerRater =
  <S extends z.ZodType>(shape: S, call: (scope: Scope, round: string, values: z.output<S>) => Promise<object>) =>
  async ({ request, params }: ActionFunctionArgs): Promise<Response> => {
    const scope = await requireScope(request, params, 'items.rate')
    return answering(async () => Response.json(await call(scope, params.round ?? '', await readJson(request, shape))))
  }

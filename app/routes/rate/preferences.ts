import type { ActionFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { setSingleKeys } from '#app/auth/account.server.ts'
import { requireScope } from '#app/auth/guard.server.ts'
import { markTourSeen } from '#app/auth/preferences.server.ts'
import { readJson } from '#app/http/json.server.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'

const shape = z.object({ singleKeys: z.boolean().optional(), tourSeen: z.literal(true).optional() })

/** What a rater sets in the dialogs of the rating page. */
export async function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  const { user } = await requireScope(request, params, 'items.rate')
  return answering(async () => {
    const { singleKeys, tourSeen } = await readJson(request, shape)
    if (singleKeys !== undefined) await setSingleKeys(store(), user, singleKeys)
    if (tourSeen) await markTourSeen(store(), user.id)
    return Response.json({ singleKeys, tourSeen })
  })
}

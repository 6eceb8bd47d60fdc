import type { LoaderFunctionArgs } from '@remix-run/node'
import { networkOf } from '#app/auth/network.ts'
import { env } from '#app/env.server.ts'
import { feedOf, feedText } from '#app/evaluation/rotation/feed.ts'
import { addressOf } from '#app/http/address.ts'
import { notFound } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { mayAsk } from './feed-limit.server.ts'

const PATIENCE_S = 60

/** The calendar feed, for calendar programs: the secret in its address lets in, and a wrong one is as good as none. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  if (!mayAsk(networkOf(addressOf(context)))) {
    throw new Response('Too many requests. Wait a minute and ask again.\n', {
      status: 429,
      headers: { 'Retry-After': String(PATIENCE_S), 'Content-Type': 'text/plain; charset=utf-8' },
    })
  }
  const token = new URL(request.url).searchParams.get('token') ?? ''
  const project = await feedOf(store(), params.project ?? '', token)
  if (!project) throw notFound('This calendar')
  return new Response(await feedText(store(), project, env().appUrl), {
    headers: {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': `inline; filename="${project.slug}-rotations.ics"`,
      'Cache-Control': 'private, no-store',
      'X-Robots-Tag': 'noindex',
    },
  })
}

import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireScope } from '#app/auth/guard.server.ts'
import { exportRatings } from '#app/evaluation/ratings/export.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'

const TYPE = { csv: 'text/csv', jsonl: 'application/jsonl' } as const

/** A round's ratings in long form, streamed: no round is too long. `all=1` adds those that were superseded. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'ratings.read')
  const { pathname, searchParams } = new URL(request.url)
  const format = pathname.endsWith('.jsonl') ? 'jsonl' : 'csv'
  const filter = { roundId: params.round ?? '', all: searchParams.has('all') }
  const pieces = exportRatings(store(), scope, filter, format)
  // The first piece before the answer begins: a round that is not here is a 404, not a broken download.
  let next = await answering(() => pieces.next())
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (next.done) return controller.close()
      controller.enqueue(encoder.encode(next.value))
      next = await pieces.next()
    },
    async cancel() {
      await pieces.return(undefined)
    },
  })
  return new Response(body, {
    headers: {
      'Content-Type': `${TYPE[format]}; charset=utf-8`,
      'Content-Disposition': `attachment; filename="${scope.project.slug}-ratings.${format}"`,
      'Cache-Control': 'no-store',
    },
  })
}

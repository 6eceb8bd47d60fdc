import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireScope } from '#app/auth/guard.server.ts'
import { readEntries } from '#app/evaluation/audit/entries.ts'
import { store } from '#app/store.server.ts'
import { auditFilter } from './audit-filter.ts'

/** The project's audit log as JSONL, the newest first, every field as it is hashed. Streamed: no log is too long. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'audit.read')
  const pages = readEntries(store(), scope, auditFilter(new URL(request.url).searchParams))
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await pages.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value.map((entry) => `${JSON.stringify(entry)}\n`).join('')))
    },
    async cancel() {
      await pages.return(undefined)
    },
  })
  return new Response(body, {
    headers: {
      'Content-Type': 'application/jsonl; charset=utf-8',
      'Content-Disposition': `attachment; filename="${scope.project.slug}-audit.jsonl"`,
      'Cache-Control': 'no-store',
    },
  })
}

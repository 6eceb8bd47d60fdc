import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireScope } from '#app/auth/guard.server.ts'
import { readExposures } from '#app/evaluation/seal/exposures.ts'
import { csvLine } from '#app/formats/write-csv.ts'
import { store } from '#app/store.server.ts'
import { exposureFilter } from './query.ts'

const COLUMNS = ['opened_at', 'case_key', 'person', 'opened_for', 'round', 'assignment_id', 'task_id', 'break_glass_id']

/** The ledger as CSV, the newest first; streamed, however long it is. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'exposures.read')
  const pages = readExposures(store(), scope, exposureFilter(new URL(request.url).searchParams))
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(csvLine(COLUMNS)))
    },
    async pull(controller) {
      const { value, done } = await pages.next()
      if (done) return controller.close()
      const lines = value.map((one) =>
        csvLine([
          new Date(one.openedAt).toISOString(),
          one.case.key,
          one.person,
          one.exposedFor,
          one.round,
          one.assignmentId,
          one.taskId,
          one.breakGlassId,
        ]),
      )
      controller.enqueue(encoder.encode(lines.join('')))
    },
    async cancel() {
      await pages.return(undefined)
    },
  })
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${scope.project.slug}-exposures.csv"`,
      'Cache-Control': 'no-store',
    },
  })
}

import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireScope } from '#app/auth/guard.server.ts'
import { countSegments } from '#app/evaluation/cases/segments.ts'
import { csvLine } from '#app/formats/write-csv.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'

/** The counts by segment in long form: one line for each category and user segment. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'cases.read')
  const table = await answering(() => countSegments(store(), scope))
  const lines = table.categories.flatMap(({ category, counts }) =>
    counts.map((count, i) => csvLine([category, table.userSegments[i] ?? '', count])),
  )
  return new Response([csvLine(['category', 'user_segment', 'cases']), ...lines].join(''), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${scope.project.slug}-segments.csv"`,
      'Cache-Control': 'no-store',
    },
  })
}

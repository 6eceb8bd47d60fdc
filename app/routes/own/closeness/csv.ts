import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireScope } from '#app/auth/guard.server.ts'
import { closenessFigures } from '#app/evaluation/closeness/figures.ts'
import { csvLine } from '#app/formats/write-csv.ts'
import { answering } from '#app/http/responses.ts'
import { OUTCOMES } from '#app/stats/closeness/outcome.ts'
import { store } from '#app/store.server.ts'
import { measureIn } from './query.ts'

/** Outcomes by system version and segment in long form. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'closeness.read')
  const measure = measureIn(new URL(request.url).searchParams.get('measure'))
  const { rows } = await answering(() => closenessFigures(store(), scope, measure))
  const lines = rows.flatMap(({ system, category, userSegment, counts }) =>
    counts.map((count, k) => csvLine([measure, system, category, userSegment, OUTCOMES[k] ?? '', count])),
  )
  const header = csvLine(['measure', 'system_version', 'category', 'user_segment', 'outcome', 'responses'])
  return new Response([header, ...lines].join(''), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${scope.project.slug}-closeness.csv"`,
      'Cache-Control': 'no-store',
    },
  })
}

import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireScope } from '#app/auth/guard.server.ts'
import { chosenDimension } from '#app/evaluation/drift/choose.ts'
import { DRIFT_WAITING } from '#app/evaluation/drift/computing.server.ts'
import { driftTable, isDriftTable } from '#app/evaluation/drift/csv.ts'
import { driftIn } from '#app/evaluation/drift/drift.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { namesIn } from './found.server.ts'
import { readDriftQuery } from './query.server.ts'

/** A table of the drift page with full precision, as `table` asks for it. Waits for the computing however long it takes. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'agreement.read')
  return answering(async () => {
    const { filter: wanted, dimension, table } = readDriftQuery(request)
    const { choices, filter, found } = await driftIn(store(), scope, wanted, DRIFT_WAITING)
    if (!filter || !found?.ready || found.value.basis.ratings === 0)
      throw new Problem('missing', 'There are no ratings to look for drift in.')
    if (!isDriftTable(table)) throw new Problem('missing', `There is no table "${table ?? ''}" on the drift page.`)
    const findings = found.value
    const chosen = chosenDimension(findings, dimension)
    if (!chosen) throw new Problem('missing', 'No dimension can be looked at.')
    const rubric = choices.rubrics.find(({ id }) => id === filter.rubricId)?.name ?? ''
    const csv = driftTable(table, {
      findings,
      dimension: chosen,
      names: await namesIn(scope, findings, choices),
      rubric,
      filter,
    })
    const name = ['alarms', 'dimensions'].includes(table) ? table : `${table}-${chosen.key}`
    return new Response(csv, {
      headers: {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="${scope.project.slug}-drift-${name}.csv"`,
        'Cache-Control': 'no-store',
      },
    })
  })
}

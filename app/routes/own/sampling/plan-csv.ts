import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireScope } from '#app/auth/guard.server.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { readPoolSettings } from '#app/evaluation/pools/settings.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { planCsv } from '#app/evaluation/sampling/csv.ts'
import { readSampling } from '#app/evaluation/sampling/list.ts'
import { planSampling } from '#app/evaluation/sampling/plan.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { askedOf, enteredSampling } from './entered.server.ts'

/** A plan as a file: of the sampling that the address names, or the one its query asks for. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'pools.write')
  const csv = await answering(async () =>
    planCsv(params.sampling === undefined ? await asked(scope, request) : await done(scope, params.sampling)),
  )
  return new Response(csv, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${scope.project.slug}-sampling.csv"`,
      'Cache-Control': 'no-store',
    },
  })
}

async function asked(scope: Scope, request: Request) {
  const settings = await readPoolSettings(store().read, scope.project.id)
  return planSampling(store().read, scope, askedOf(enteredSampling(new URL(request.url).searchParams, settings)))
}

async function done(scope: Scope, id: string) {
  const one = await readSampling(store(), scope, id)
  if (one.state === 'done') return one.plan
  throw new Problem('missing', 'This sampling is not done.')
}

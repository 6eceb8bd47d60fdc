import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireScope } from '#app/auth/guard.server.ts'
import { countPools } from '#app/evaluation/pools/count.ts'
import { poolsCsv } from '#app/evaluation/pools/csv.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'

/** The pools by segment, as a file. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'pools.read')
  const csv = await answering(async () => poolsCsv(await countPools(store(), scope)))
  return new Response(csv, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${scope.project.slug}-pools.csv"`,
      'Cache-Control': 'no-store',
    },
  })
}

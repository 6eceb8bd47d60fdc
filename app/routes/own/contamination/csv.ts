import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireScope } from '#app/auth/guard.server.ts'
import type { CaseRisk } from '#app/evaluation/contamination/amounts.ts'
import { contaminationOf } from '#app/evaluation/contamination/read.ts'
import type { RiskSpread } from '#app/evaluation/contamination/spread.ts'
import { csvLine } from '#app/formats/write-csv.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'

const two = (value: number): number => Math.round(value * 100) / 100

const WORST = ['case', 'pool', 'category', 'user_segment', 'risk', 'found', 'runs', 'changes', 'age', 'exposures']

const worstLine = ({ key, pool, category, userSegment, risk, amounts }: CaseRisk): string => {
  const { found, runs, changes, age, exposures } = amounts
  return csvLine([key, pool, category, userSegment, two(risk), two(found), runs, changes, two(age), exposures])
}

const SPREAD = ['pool', 'category', 'user_segment', 'cases', 'mean_risk', 'risk_50_or_more']

const spreadLine = ({ pool, category, userSegment, cases, mean, high, bins }: RiskSpread): string =>
  csvLine([pool, category ?? '', userSegment ?? '', cases, two(mean), high, ...bins])

/** The cases at most risk with what it is made of; with `table=spread` the spread by pool and segment. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'contamination.read')
  const { spreads, worst } = await answering(() => contaminationOf(store(), scope))
  const spread = new URL(request.url).searchParams.get('table') === 'spread'
  const bins = (spreads[0]?.bins ?? []).map((_, i, all) => `risk_from_${(100 / all.length) * i}`)
  const lines = spread
    ? [csvLine([...SPREAD, ...bins]), ...spreads.map(spreadLine)]
    : [csvLine(WORST), ...worst.map(worstLine)]
  return new Response(lines.join(''), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${scope.project.slug}-contamination${spread ? '-spread' : ''}.csv"`,
      'Cache-Control': 'no-store',
    },
  })
}

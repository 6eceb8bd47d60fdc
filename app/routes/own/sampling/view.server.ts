import { type ShareRows, shareRowsOf } from '#app/charts/share-rows.server.ts'
import type { SamplingPlan } from '#app/evaluation/sampling/planned.ts'
import { planFinding, planRemarks } from '#app/evaluation/sampling/words.ts'
import { percentOf } from '#app/http/numbers.ts'

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** A plan as its page draws it. */
export type PlanView = {
  plan: SamplingPlan
  finding: string
  remarks: string[]
  chart: ShareRows
  rows: { name: string; figure: string; detail: string }[]
  description: string
}

export function planView(plan: SamplingPlan): PlanView {
  const { categories, floor, drawn } = plan
  const of = (count: number) => (drawn === 0 ? 0 : count / drawn)
  return {
    plan,
    finding: planFinding(plan),
    remarks: planRemarks(plan),
    chart: shareRowsOf(
      categories.map(({ category, trafficShare, active, holdout }) => ({
        name: category,
        bars: [[trafficShare], [of(active), of(holdout)]],
      })),
      floor.share > 0 ? { share: floor.share, text: `floor ${percentOf(floor.share)} %` } : null,
    ),
    rows: categories.map(({ category, trafficShare, setShare }) => ({
      name: category,
      figure: percent(setShare),
      detail: `of traffic ${percent(trafficShare)}`,
    })),
    description: categories
      .map(
        ({ category, trafficShare, setShare }) =>
          `${category}: ${percent(trafficShare)} of the traffic, ${percent(setShare)} of the set`,
      )
      .join('; '),
  }
}

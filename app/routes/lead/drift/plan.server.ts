import { z } from 'zod'
import { planAnchors } from '#app/evaluation/drift/computing.server.ts'
import type { DimensionFindings, DriftFindings } from '#app/evaluation/drift/findings.ts'
import { hundredths, inWords, percent, plural, whole, within } from '#app/evaluation/figure.ts'
import { USUAL_PLAN } from '#app/stats/drift/monitor/power.ts'
import { store } from '#app/store.server.ts'

const numberIn = (least: number, most: number, usual: number) => z.coerce.number().min(least).max(most).catch(usual)

const asked = z.object({
  shift: numberIn(0.05, 3, 0.25),
  chance: numberIn(50, 99, 75),
  within: z.coerce.number().int().min(1).max(6).catch(2),
  baseline: z.coerce.number().int().min(1).max(20).catch(3),
})

export type PlanView = {
  fields: { shift: string; chance: string; within: string; baseline: string }
  /** Where the noise comes from. */
  known: string
  /** Null: not asked for. */
  answer: string | null
  pending: boolean
}

/** The planner under the charts: how many anchor ratings a period find a drift in time. Simulates only when asked. */
export async function anchorPlan(
  request: Request,
  findings: DriftFindings,
  dimension: DimensionFindings | null,
  falseAlarms: number,
): Promise<PlanView> {
  const params = new URL(request.url).searchParams
  const { shift, chance, within: periods, baseline } = asked.parse(Object.fromEntries(params))
  const fields = { shift: String(shift), chance: String(chance), within: String(periods), baseline: String(baseline) }
  const known = { ...(dimension?.pilot ?? USUAL_PLAN), baselineRatings: baseline }
  const read = dimension?.pilot
    ? `Noise of one rating (${hundredths(known.noise)} points), spread of the answers (${hundredths(known.anchorSpread)}) and ${plural(known.raters, 'rater')} as in the latest ratings of ${within(dimension.name)}.`
    : 'There are too few ratings to read the noise from, so the usual figures of a rubric of four levels stand in.'
  if (!params.has('shift')) return { fields, known: read, answer: null, pending: false }
  const current = latestAnchors(dimension)
  const found = await planAnchors(store().read, {
    known,
    shift,
    power: chance / 100,
    within: periods,
    falseAlarms,
    dimensions: Math.max(1, findings.dimensions.length),
    current,
  })
  if (!found.ready) return { fields, known: read, answer: null, pending: true }
  const { ratings, powerNow } = found.value
  const drift = `a drift of the panel by ${hundredths(shift)} points within ${inWords(periods)} period${periods === 1 ? '' : 's'}`
  const needed =
    ratings === null
      ? `No number of anchors finds ${drift} with a chance of ${chance} %: rate each anchor more often in the baseline.`
      : `${whole(ratings)} ratings of anchors a period find ${drift} with a chance of ${chance} %.`
  const now =
    powerNow === null || current === null
      ? ''
      : ` With the ${whole(current)} of the latest period the chance is ${percent(powerNow)}.`
  return { fields, known: read, answer: needed + now, pending: false }
}

function latestAnchors(dimension: DimensionFindings | null): number | null {
  const last = dimension?.drift.anchors.flatMap(({ found }) => (found.estimable ? found.periods : [])).at(-1)
  return last?.ratings ?? null
}

import { pilotPlan } from '#app/stats/drift/monitor/pilot.ts'
import {
  type AnchorPlan,
  driftPower,
  plannedErrors,
  ratingsForPower,
  USUAL_PLAN,
} from '#app/stats/drift/monitor/power.ts'
import { allRows, rowsBy } from '../ratings-file/rating-rows.ts'
import { type RatingsFile, readRatings } from '../ratings-file/ratings-file.ts'
import { select, severalVersions } from '../ratings-file/selection.ts'
import type { DriftPlanRequest } from './plan-options.ts'

export type Known = Omit<AnchorPlan, 'ratings' | 'anchors'>

/** Anchor ratings a period and the power they have; `ratings` null where no number is enough. */
export interface PlannedDrift {
  readonly known: Known | null
  readonly ratings: number | null
  readonly power: number | null
  readonly reason: string | null
}

/** @throws BadFile where the pilot cannot be read */
export function planDrift(request: DriftPlanRequest): ReadonlyMap<string, PlannedDrift> {
  const known =
    request.file === null ? new Map([['assumed', given(USUAL_PLAN, request)]]) : pilot(request.file, request)
  return new Map([...known].map(([name, plan]) => [name, planned(plan, request)]))
}

function planned(known: Known | string, request: DriftPlanRequest): PlannedDrift {
  if (typeof known === 'string') return { known: null, ratings: null, power: null, reason: known }
  const { shift, within, rate, dimensions, seed } = request
  const options = { within, rate, charts: dimensions, seed }
  const ratings = request.ratings ?? ratingsForPower(shift, request.power, known, options)
  if (ratings === null)
    return {
      known,
      ratings,
      power: null,
      reason: 'no number of anchors is enough: rate them more often in the baseline',
    }
  const power = driftPower(shift, plannedErrors({ ...known, ratings, anchors: ratings }), options)
  return { known, ratings, power, reason: null }
}

/** What the command line gives goes before what the pilot shows. */
function given(found: Known, { baselineRatings, raters, noise, spread }: DriftPlanRequest): Known {
  return {
    baselineRatings,
    raters: raters ?? found.raters,
    noise: noise ?? found.noise,
    anchorSpread: spread ?? found.anchorSpread,
    readingError: found.readingError,
  }
}

function pilot(path: string, request: DriftPlanRequest): ReadonlyMap<string, Known | string> {
  const file = readRatings(path, { levels: request.levels, by: null })
  const { rows } = file
  const found = new Map<string, Known | string>()
  rowsBy(rows.dimension, rows.dimensions.size, allRows(rows.count)).forEach((chosen, number) => {
    const figures = figuresOf(file, chosen)
    found.set(rows.dimensions.name(number), typeof figures === 'string' ? figures : given(figures, request))
  })
  return found
}

function figuresOf(file: RatingsFile, chosen: Uint32Array): Known | string {
  const selection = select(file, chosen)
  const apart = severalVersions(selection)
  if (apart !== null) return `${apart}; plan from those under one`
  const { ratings } = selection
  const found = pilotPlan({ ...ratings, score: Float64Array.from(ratings.level) })
  return found.estimable ? found.plan : found.reason
}

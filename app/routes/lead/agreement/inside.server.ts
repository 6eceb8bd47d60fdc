/** What the page shows of the dimension that is looked into. */
import type { Scope } from '#app/auth/permissions.ts'
import { can } from '#app/auth/permissions.ts'
import { insideIn } from '#app/evaluation/agreement/agreement.ts'
import type { Breakdown } from '#app/evaluation/agreement/breakdown.ts'
import { largestCause } from '#app/evaluation/agreement/cause.ts'
import { COMPUTING } from '#app/evaluation/agreement/computing.server.ts'
import type { DimensionFigures } from '#app/evaluation/agreement/figures.ts'
import type { Settled } from '#app/evaluation/agreement/filter.ts'
import { nameItems, nameRaters } from '#app/evaluation/agreement/names.ts'
import type { RaterGroups } from '#app/evaluation/agreement/rater-groups.ts'
import { store } from '#app/store.server.ts'
import { type CoefficientsView, coefficientsView } from './coefficients.server.ts'
import type { PairMeasure } from './query.server.ts'
import type { RatersView } from './raters.tsx'
import { itemsOfPairs, largest, pairHeat } from './view.server.ts'
import type { WhereView } from './where.tsx'

const SHOWN_IN_SPLIT = 3
const SHOWN_RATERS = 4

export type InsideView = {
  coefficients: CoefficientsView
  view: WhereView | null
  /** Why there is no view. */
  why: string | null
  raters: RatersView | null
  groups: RaterGroups | null
  cause: string | null
  /** Items whose scores lie two or more levels apart. */
  farApart: number
}

export async function insideOf(
  scope: Scope,
  filter: Settled,
  figures: DimensionFigures,
  measure: PairMeasure,
): Promise<InsideView> {
  const { dimension } = figures
  const { coefficients: found, breakdown } = await insideIn(store(), scope, filter, dimension.id, COMPUTING)
  const coefficients = coefficientsView(figures, found)
  if (!breakdown.estimable)
    return { coefficients, view: null, why: breakdown.reason, raters: null, groups: null, cause: null, farApart: 0 }
  const ids = breakdown.raters.map(({ rater }) => rater)
  const names = await nameRaters(store(), scope, ids)
  const mayName = can(scope.roles, 'ratings.read')
  return {
    coefficients,
    view: await whereOf(scope, figures, breakdown, measure, names),
    why: null,
    raters: ids.length < 2 ? null : { dimension, raters: breakdown.raters, names },
    groups: breakdown.groups,
    cause: largestCause(breakdown, dimension.name, (rater) => (mayName ? (names[rater]?.name ?? null) : null)),
    farApart: breakdown.spread.slice(2).reduce((sum, n) => sum + n, 0),
  }
}

async function whereOf(
  scope: Scope,
  { dimension }: DimensionFigures,
  found: Breakdown,
  measure: PairMeasure,
  raters: WhereView['names']['raters'],
): Promise<WhereView> {
  const heat = found.raters.length < 3 ? null : pairHeat(found, measure)
  const items = found.worst.slice(0, SHOWN_IN_SPLIT)
  const left = found.itemsApart - items.length
  return {
    dimension: { key: dimension.key, name: dimension.name, levels: dimension.levels.length },
    heat,
    measure,
    shared: heat && itemsOfPairs(found),
    grouped: found.groups !== null,
    raterCount: found.raters.length,
    paired: found.paired.length,
    levelPairs: largest(found.levelPairs, ({ share }) => share, SHOWN_IN_SPLIT),
    raters: largest(found.raters, ({ share }) => share, SHOWN_RATERS),
    segments: largest(
      found.segments.filter(({ share }) => share > 0),
      ({ share }) => share,
      SHOWN_IN_SPLIT,
    ),
    items: {
      shown: items,
      rest: left <= 0 ? null : { count: left, share: 1 - items.reduce((sum, { share }) => sum + share, 0) },
    },
    names: {
      raters,
      items: await nameItems(
        store(),
        scope,
        items.map(({ item }) => item),
      ),
    },
  }
}

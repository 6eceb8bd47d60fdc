import type { Estimated } from '#app/stats/estimate.ts'
import type { VarianceShares } from '#app/stats/variance-components/shares.ts'
import type { Settled } from '../agreement/filter.ts'
import { type RatingsState, stateOfRatings } from '../agreement/state.ts'
import type { Task } from '../computing/task.ts'
import type { CalibrationFigures, ItemFigures } from './figures.ts'
import { type ItemSort, type ListedItems, listItems } from './items-list.ts'
import { type SuspicionFigures, suspicionFigures } from './suspicion.ts'
import { varianceFigures } from './variance.ts'
import { wholeCalibration } from './whole.ts'

const ELSEWHERE_FROM = 100

export const CALIBRATION: Task<Settled, CalibrationFigures> = {
  run: async (read, filter) => {
    const { itemList: _, ...figures } = await wholeCalibration(read, filter)
    return figures
  },
  state: (read, { rubricVersionId }) => stateOfRatings(read, rubricVersionId),
  elsewhereFrom: ELSEWHERE_FROM,
  takes: 'seconds',
}

/** A page of the items of figures that were seen. */
export type AskedItems = { filter: Settled; state: RatingsState; sort: ItemSort; page: number }

export const CALIBRATED_PAGE: Task<AskedItems, ListedItems> = {
  run: async (read, { filter, state, sort, page }) =>
    listItems(await wholeCalibration(read, filter, state), { sort, page }),
  state: async (_read, { state }) => state,
  elsewhereFrom: ELSEWHERE_FROM,
  takes: 'seconds',
}

/** All of them, for a file. */
export const CALIBRATED_ITEMS: Task<Pick<AskedItems, 'filter' | 'state'>, ItemFigures[]> = {
  run: async (read, { filter, state }) => (await wholeCalibration(read, filter, state)).itemList,
  state: async (_read, { state }) => state,
  elsewhereFrom: ELSEWHERE_FROM,
  takes: 'seconds',
}

export const SUSPICION: Task<Settled, Estimated<SuspicionFigures>> = {
  run: suspicionFigures,
  state: (read, { rubricVersionId }) => stateOfRatings(read, rubricVersionId),
  // two hundred simulated rounds are never quick but where there is next to nothing to simulate
  elsewhereFrom: 30,
  takes: 'minutes',
}

export const VARIANCE: Task<Settled, Estimated<VarianceShares>> = {
  run: varianceFigures,
  state: (read, { rubricVersionId }) => stateOfRatings(read, rubricVersionId),
  elsewhereFrom: ELSEWHERE_FROM,
  takes: 'minutes',
}

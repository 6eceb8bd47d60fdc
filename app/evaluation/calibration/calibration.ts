import { demand, type Scope } from '#app/auth/permissions.ts'
import { Problem } from '#app/evaluation/problem.ts'
import type { Estimated } from '#app/stats/estimate.ts'
import type { Database, Store } from '#db/store.server.ts'
import { type AgreementChoices, agreementChoices, settle } from '../agreement/choices.ts'
import { type AgreementFilter, NO_FILTER, type Settled } from '../agreement/filter.ts'
import type { Within } from '../computing/within.ts'
import type { CalibrationFigures, ItemFigures } from './figures.ts'
import type { ListedItems } from './items-list.ts'
import type { SuspicionFigures } from './suspicion.ts'
import { type AskedItems, CALIBRATED_ITEMS, CALIBRATED_PAGE, CALIBRATION, SUSPICION } from './tasks.ts'

/** Who does the computing: at once and here, or kept, or in another thread, and then perhaps not in time. */
export type Computing = {
  figures: (read: Database, filter: Settled) => Promise<Within<CalibrationFigures>>
  page: (read: Database, asked: AskedItems) => Promise<ListedItems>
  items: (read: Database, asked: Pick<AskedItems, 'filter' | 'state'>) => Promise<ItemFigures[]>
  suspicion: (read: Database, filter: Settled) => Promise<Within<Estimated<SuspicionFigures>>>
}

export const COMPUTING_HERE: Computing = {
  figures: async (read, filter) => ({ ready: true, value: await CALIBRATION.run(read, filter) }),
  page: CALIBRATED_PAGE.run,
  items: CALIBRATED_ITEMS.run,
  suspicion: async (read, filter) => ({ ready: true, value: await SUSPICION.run(read, filter) }),
}

export type Calibrated = {
  choices: AgreementChoices
  /** Null: the project has no such round or rubric version. */
  filter: Settled | null
  /** Null without a filter. */
  figures: Within<CalibrationFigures> | null
}

/** The calibration of those who gave the effective ratings that pass the filter, always of one rubric version. */
export async function calibrationIn(
  store: Pick<Store, 'read'>,
  scope: Scope,
  wanted: AgreementFilter = NO_FILTER,
  computing: Computing = COMPUTING_HERE,
): Promise<Calibrated> {
  demand(scope, 'calibration.read')
  const choices = await agreementChoices(store, scope)
  const filter = settle(wanted, choices)
  return { choices, filter, figures: filter && (await computing.figures(store.read, filter)) }
}

/** A page of the items of figures that `calibrationIn` gave, in one of their orders. */
export async function calibratedPage(
  store: Pick<Store, 'read'>,
  scope: Scope,
  filter: Settled,
  figures: CalibrationFigures,
  { sort, page }: Pick<AskedItems, 'sort' | 'page'>,
  computing: Computing = COMPUTING_HERE,
): Promise<ListedItems> {
  if (page === 1) return figures.firstItems[sort]
  await demandOwn(store, scope, filter)
  return computing.page(store.read, { filter, state: figures.state, sort, page })
}

/** All items of figures that `calibrationIn` gave. */
export async function calibratedItems(
  store: Pick<Store, 'read'>,
  scope: Scope,
  filter: Settled,
  { state }: CalibrationFigures,
  computing: Computing = COMPUTING_HERE,
): Promise<ItemFigures[]> {
  await demandOwn(store, scope, filter)
  return computing.items(store.read, { filter, state })
}

/**
 * Careless raters and copying pairs. The filter must be one that `calibrationIn` settled.
 *
 * @throws Problem `missing` for a filter on another project's ratings
 */
export async function suspicionIn(
  store: Pick<Store, 'read'>,
  scope: Scope,
  filter: Settled,
  computing: Computing = COMPUTING_HERE,
): Promise<Within<Estimated<SuspicionFigures>>> {
  await demandOwn(store, scope, filter)
  return computing.suspicion(store.read, filter)
}

async function demandOwn(store: Pick<Store, 'read'>, scope: Scope, filter: Settled): Promise<void> {
  demand(scope, 'calibration.read')
  if (settle(filter, await agreementChoices(store, scope))?.rubricVersionId !== filter.rubricVersionId)
    throw new Problem('missing', 'This rubric version is not here.')
}

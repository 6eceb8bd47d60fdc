import type { ItemFigures, WholeCalibration } from './figures.ts'
import { SETTLED_FROM } from './item-consensus.ts'

export const ITEM_SORTS = ['moved', 'lowest', 'open'] as const
export type ItemSort = (typeof ITEM_SORTS)[number]

export const ITEMS_PER_PAGE = 25

export type ListedItem = ItemFigures & {
  /** Fair score less raw mean; null where there is none. */
  moved: number | null
  /** Dimensions on which its most likely level is not likely enough, and on how many it was scored. */
  open: number
  scored: number
}

export type ListedItems = { items: ListedItem[]; total: number }

/**
 * A page of the items: those first that the fair score moves most, that have the lowest fair score, or that are open on most
 * dimensions.
 */
export function listItems(
  { itemList }: Pick<WholeCalibration, 'itemList'>,
  { sort, page }: { sort: ItemSort; page: number },
): ListedItems {
  const listed = itemList.map((item): ListedItem => {
    const scored = item.consensus.flatMap((one) => one ?? [])
    const moved = item.fair.estimable && item.rawMean !== null ? item.fair.score - item.rawMean : null
    const open = scored.filter(({ oneCoin }) => oneCoin === null || oneCoin.chance < SETTLED_FROM).length
    return { ...item, moved, scored: scored.length, open }
  })
  const order = { moved: byMoved, lowest: byFair, open: byOpen }[sort]
  listed.sort((a, b) => order(a) - order(b) || (a.id < b.id ? -1 : 1))
  return { items: listed.slice((page - 1) * ITEMS_PER_PAGE, page * ITEMS_PER_PAGE), total: listed.length }
}

const byMoved = ({ moved }: ListedItem) => (moved === null ? 1 : -Math.abs(moved))
const byFair = ({ fair }: ListedItem) => (fair.estimable ? fair.score : Number.MAX_VALUE)
const byOpen = ({ open, fair }: ListedItem) => -open + (fair.estimable ? 0 : 0.5)

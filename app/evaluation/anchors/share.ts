/** How many anchors there may be, and how many a share of a round's items is. */

/** The most that one draw makes. */
export const DRAWN_MOST = 1_000

/** More than half of a round would no longer be a round with anchors in it. */
export const ANCHOR_SHARE_MOST = 0.5

/** So many anchors that they are `share` of all items, beside `others` that are none; at least one where any are asked for. */
export const anchorNumber = (share: number, others: number): number =>
  share <= 0 || others <= 0 ? 0 : Math.max(1, Math.round((share * others) / (1 - share)))

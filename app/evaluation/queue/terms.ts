/** The terms on which items are handed out. */

/** How long an item stays with a rater who gives no sign; drafts and heartbeats start it anew. */
export const LEASE_MS = 30 * 60_000

/** Items a rater holds at once: the one being rated, and the next, already in the browser. */
export const HAND = 2

/** The most a rater may hold: a hand, and one taken back after submitting it. */
export const HAND_MOST = 3

/** How long a submit can be taken back. */
export const UNDO_MS = 30_000

/** Raters in the middle of an item when a round ends by its date may still submit it for this long. */
export const AFTER_END_MS = LEASE_MS

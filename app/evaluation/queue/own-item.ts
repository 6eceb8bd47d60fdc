import { demand, type Scope } from '#app/auth/permissions.ts'
import type { Store } from '#db/store.server.ts'
import { Problem } from '../problem.ts'
import { ownAssignment } from '../ratings/own-assignment.ts'
import { recordOwn } from '../seal/open.ts'
import { showItems } from './show.ts'
import type { ShownItem } from './shown.ts'
import { showRound } from './work.ts'

/**
 * One item that the rater was handed and has not submitted. Throws `missing` (`no-round`, `no-assignment`), `conflict`
 * (`already-submitted`).
 */
export async function showOwnItem(store: Store, scope: Scope, roundId: string, assignment: string): Promise<ShownItem> {
  const db = store.read
  demand(scope, 'items.rate')
  const { round } = await showRound(db, scope, roundId)
  const own = await ownAssignment(db, scope.user.id, roundId, assignment)
  if (own.state === 'submitted') {
    throw new Problem('conflict', 'This item is submitted already. It is in your history.', {
      code: 'already-submitted',
    })
  }
  const openings = await recordOwn(store, scope, 'rating', own.sealed ? [own.id] : [])
  const [item] = await showItems(db, [own.id], round.referencesShown, openings)
  if (!item)
    throw new Problem('missing', 'This item is not here any more. Load the page again.', { code: 'no-assignment' })
  return item
}

import { showOwnItem } from '#app/evaluation/queue/own-item.ts'
import { itemShape } from '#app/evaluation/ratings/parse.server.ts'
import { store } from '#app/store.server.ts'
import { answerRater } from './answer.ts'

/** One item in hand, for a page that lost it. */
export const action = answerRater(itemShape, (scope, round, { assignment }) =>
  showOwnItem(store(), scope, round, assignment),
)

import { skipItem } from '#app/evaluation/queue/skip.ts'
import { skipShape } from '#app/evaluation/ratings/parse.server.ts'
import { store } from '#app/store.server.ts'
import { answerRater } from './answer.ts'

/** Gives an item back with a reason; answers with the next items. */
export const action = answerRater(skipShape, (scope, round, skip) => skipItem(store(), scope, round, skip))

import { flagItem } from '#app/evaluation/ratings/flag.ts'
import { flagShape } from '#app/evaluation/ratings/parse.server.ts'
import { store } from '#app/store.server.ts'
import { answerRater } from './answer.ts'

/** Tells the leads that something is wrong with an item. */
export const action = answerRater(flagShape, (scope, round, flag) => flagItem(store(), scope, round, flag))

import { takeHand } from '#app/evaluation/queue/take.ts'
import { nextShape } from '#app/evaluation/ratings/parse.server.ts'
import { store } from '#app/store.server.ts'
import { answerRater } from './answer.ts'

/** The items in hand, topped up. */
export const action = answerRater(nextShape, (scope, round, { known }) => takeHand(store(), scope, round, known))

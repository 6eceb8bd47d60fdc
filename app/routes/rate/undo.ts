import { undoShape } from '#app/evaluation/ratings/parse.server.ts'
import { undoSubmit } from '#app/evaluation/ratings/undo.ts'
import { store } from '#app/store.server.ts'
import { answerRater } from './answer.ts'

/** Takes a submit back; answers with the items in hand, that one first. */
export const action = answerRater(undoShape, (scope, round, undo) => undoSubmit(store(), scope, round, undo))

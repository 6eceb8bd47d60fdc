import { takeUpSkipped } from '#app/evaluation/queue/skip.ts'
import { nothingShape } from '#app/evaluation/ratings/parse.server.ts'
import { store } from '#app/store.server.ts'
import { answerRater } from './answer.ts'

/** Puts skipped items back into the hand. */
export const action = answerRater(nothingShape, (scope, round) => takeUpSkipped(store(), scope, round))

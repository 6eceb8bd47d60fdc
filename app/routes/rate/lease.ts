import { extendLeases } from '#app/evaluation/queue/lease.ts'
import { nothingShape } from '#app/evaluation/ratings/parse.server.ts'
import { store } from '#app/store.server.ts'
import { answerRater } from './answer.ts'

/** The heartbeat of an open rating page. */
export const action = answerRater(nothingShape, (scope, round) => extendLeases(store(), scope, round))

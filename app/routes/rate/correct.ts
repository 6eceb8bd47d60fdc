import { correctRating } from '#app/evaluation/ratings/correct.ts'
import { correctionShape } from '#app/evaluation/ratings/parse.server.ts'
import { store } from '#app/store.server.ts'
import { answerRater } from './answer.ts'

/** Replaces a rating by a corrected one. */
export const action = answerRater(correctionShape, (scope, round, correction) =>
  correctRating(store(), scope, round, correction),
)

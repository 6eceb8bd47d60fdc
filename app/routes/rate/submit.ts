import { submissionShape } from '#app/evaluation/ratings/parse.server.ts'
import { submitRating } from '#app/evaluation/ratings/submit.ts'
import { store } from '#app/store.server.ts'
import { answerRater } from './answer.ts'

/** Stores a rating; answers with the next items. */
export const action = answerRater(submissionShape, (scope, round, submission) =>
  submitRating(store(), scope, round, submission),
)

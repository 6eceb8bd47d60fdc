import { saveDraft } from '#app/evaluation/ratings/draft.ts'
import { draftShape } from '#app/evaluation/ratings/parse.server.ts'
import { store } from '#app/store.server.ts'
import { answerRater } from './answer.ts'

/** Keeps what was entered so far. */
export const action = answerRater(draftShape, (scope, round, draft) => saveDraft(store(), scope, round, draft))

import { draftShape } from '#app/evaluation/ratings/parse.server.ts'
import { revealReferences } from '#app/evaluation/ratings/reveal.ts'
import { store } from '#app/store.server.ts'
import { answerRater } from './answer.ts'

/** Shows the references of an item that is scored. */
export const action = answerRater(draftShape, (scope, round, draft) => revealReferences(store(), scope, round, draft))

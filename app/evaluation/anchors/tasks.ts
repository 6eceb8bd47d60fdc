import { stateOfRatings } from '../agreement/state.ts'
import type { Task } from '../computing/task.ts'
import { type AskedDraw, type Chosen, chooseAnchors } from './chosen.ts'

/** Chance decides it, and what is archived or sealed: each draw is one of its own, and none is kept. */
export const ANCHOR_DRAW: Task<AskedDraw, Chosen> = {
  run: chooseAnchors,
  state: (read, { draw }) => stateOfRatings(read, draw.rubricVersionId),
  elsewhereFrom: 4_000,
  takes: 'seconds',
}

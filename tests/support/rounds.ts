/** Rounds, anchors and bridges as leads enter them in tests, and raters who rate all of it. */
import { newId } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import type { BridgeValues } from '#app/evaluation/bridges/values.ts'
import { takeHand } from '#app/evaluation/queue/take.ts'
import type { Content } from '#app/evaluation/ratings/content.ts'
import { submitRating } from '#app/evaluation/ratings/submit.ts'
import type { RoundValues } from '#app/evaluation/rounds/shown.ts'
import type { AddedRubric } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { type Panel, scored } from './rating.ts'

/** A round over all responses of a panel's project, for all its raters, without anchors. */
export const roundValuesFor = (
  panel: Pick<Panel, 'rubric' | 'raters'>,
  over: Partial<RoundValues> = {},
): RoundValues => ({
  name: 'December round',
  rubricVersionId: panel.rubric.versionId,
  overlap: 2,
  raterIds: panel.raters.map((rater) => rater.user.id),
  referencesShown: 'never',
  instructions: 'Read **twice**.',
  secondsPerItem: 90,
  startsAt: null,
  endsAt: null,
  pool: 'active',
  systemVersionIds: [],
  categories: [],
  userSegments: [],
  search: '',
  sample: null,
  anchorShare: 0,
  referencesRated: 'none',
  ...over,
})

/** A bridge from the panel's own version to another, for all its raters, everything rated now. */
export const bridgeValuesFor = (panel: Panel, toId: string, over: Partial<BridgeValues> = {}): BridgeValues => ({
  fromId: panel.rubric.versionId,
  toId,
  rated: 'both',
  since: null,
  items: 10,
  overlap: 2,
  raterIds: panel.raters.map((rater) => rater.user.id),
  names: { from: 'December cases, blue', to: 'December cases, green' },
  referencesShown: 'never',
  instructions: '',
  secondsPerItem: 90,
  startsAt: null,
  endsAt: null,
  ...over,
})

/** Rates everything that a round has for the rater at one level; returns the assignments, in the order they came in. */
export async function rateAll(
  store: Store,
  scope: Scope,
  round: string,
  rubric: AddedRubric,
  level: number | ((n: number) => number) = 3,
  over: Partial<Content> = {},
): Promise<string[]> {
  const done: string[] = []
  for (;;) {
    const { order } = await takeHand(store, scope, round)
    const [assignment] = order
    if (!assignment) return done
    const given = typeof level === 'number' ? level : level(done.length)
    await submitRating(store, scope, round, { assignment, submissionId: newId(), content: scored(rubric, given, over) })
    done.push(assignment)
  }
}

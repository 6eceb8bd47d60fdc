import { newId, randomInt } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import type { items } from '#db/schema/rounds.ts'
import type { Database } from '#db/store.server.ts'
import { type Drawn, drawItems } from './draw.ts'
import { mixed } from './mixed.ts'
import type { RoundPlan } from './plan.ts'
import type { RoundValues } from './shown.ts'

export type NewItem = typeof items.$inferInsert

/** A random place in a round, the same range as a rater's starting point. */
export const anyPosition = () => randomInt(2 ** 31 - 1)

/** A new item's id and its random place. */
const placed = () => ({ id: newId(), position: anyPosition() })

async function* nothing(): AsyncGenerator<Drawn[]> {}

/**
 * The items of a round, page by page: those drawn, with its anchors and the references that are rated themselves strewn among
 * them. `rated`: the responses that stand for those references.
 */
export function itemsOf(
  db: Database,
  scope: Scope,
  roundId: string,
  values: RoundValues,
  { count, taken, anchors, rated }: RoundPlan & { rated: readonly Drawn[] },
): AsyncGenerator<NewItem[]> {
  const except = new Set(anchors.map(({ responseId }) => responseId))
  const drawn = values.referencesRated === 'only' ? nothing() : drawItems(db, scope.project.id, values, count, except)
  const item = { roundId, needed: values.overlap }
  const anchored = Math.min(values.overlap, new Set(values.raterIds).size)
  const others = [
    ...anchors.map(({ responseId, caseId, selectionProbability }) => ({
      responseId,
      caseId,
      reason: 'anchor' as const,
      selectionProbability,
      needed: anchored,
    })),
    ...rated.map((one) => ({ ...one, reason: 'reference' as const, selectionProbability: 1, needed: values.overlap })),
  ]
  return mixed(drawn, taken, others, {
    value: ({ responseId, caseId }): NewItem => ({
      ...item,
      ...placed(),
      responseId,
      caseId,
      reason: values.pool === 'holdout' ? 'holdout' : 'audit',
      selectionProbability: taken / count,
    }),
    other: (other): NewItem => ({ ...item, ...placed(), ...other }),
  })
}

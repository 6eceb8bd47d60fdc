import type { ShownRubric } from '#app/evaluation/queue/shown.ts'
import type { EnteredEvidence } from '#app/evaluation/ratings/content.ts'

/** Evidence with the name of the dimension it speaks to. */
export type Named = EnteredEvidence & { name: string }

export function namedEvidence({ dimensions }: ShownRubric, evidence: readonly EnteredEvidence[]): Named[] {
  const names = new Map(dimensions.map(({ id, name }) => [id, name]))
  return evidence.map((one) => ({ ...one, name: names.get(one.dimension) ?? '' }))
}

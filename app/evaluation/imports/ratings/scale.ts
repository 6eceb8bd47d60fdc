import { Problem } from '#app/evaluation/problem.ts'
import type { RubricContent } from '#app/evaluation/rubrics/content.ts'
import type { GivenScore } from './gather.ts'

const MAX_LEVELS = 10

export type Scale = { from: number; to: number }

/** A name as the key of a dimension or a rubric: `Factual accuracy` is `factual-accuracy`. */
export const keyFrom = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, '-')
    .replaceAll(/^[-_]+|-+$/g, '')
    .slice(0, 64) || 'unnamed'

/**
 * The content of a rubric whose dimensions are those found, in the order found, all on one scale: the one given, or the
 * whole numbers from the lowest to the highest score found.
 *
 * @throws Problem `invalid` where that is not 2 to 10 levels
 */
export function contentFromScores(scores: readonly GivenScore[], given: Scale | undefined): RubricContent {
  const names = [...new Set(scores.map(({ dimension }) => dimension))]
  const scale = given ?? scaleOf(scores)
  const count = scale.to - scale.from + 1
  if (count < 2 || count > MAX_LEVELS) {
    throw new Problem(
      'invalid',
      `The scores go from ${scale.from} to ${scale.to}, which is ${count} ${count === 1 ? 'level' : 'levels'}; a rubric has 2 to ${MAX_LEVELS}. ${
        count === 1
          ? 'Give the scale they were made on, such as 1-4.'
          : 'Import scores on a coarser scale, such as ranks.'
      }`,
      { code: 'no-scale', fields: { levels: 'A rubric has 2 to 10 levels.' } },
    )
  }
  const values = Array.from({ length: count }, (_, i) => scale.from + i)
  return {
    dimensions: names.map((name) => ({
      key: keyFrom(name),
      name,
      levels: values.map((value) => ({
        value,
        anchor: `Level ${value}. Its wording was not part of the imported file.`,
      })),
    })),
  }
}

function scaleOf(scores: readonly GivenScore[]): Scale {
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  for (const { level } of scores) {
    if (level === null) continue
    from = Math.min(from, level)
    to = Math.max(to, level)
  }
  return from <= to ? { from, to } : { from: 1, to: 1 }
}

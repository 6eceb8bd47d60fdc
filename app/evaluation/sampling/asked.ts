import { z } from 'zod'
import { Problem } from '#app/evaluation/problem.ts'
import type { SamplingAsked } from './planned.ts'

/** The most cases that one sampling makes. */
export const MOST_CASES = 100_000
export const LARGEST_SEED = 2 ** 31 - 1

const SAYS = {
  size: `Enter a whole number of cases from 1 to ${MOST_CASES.toLocaleString('en')}.`,
  floorShare: 'Enter a share from 0 to 50 %.',
  holdoutShare: 'Enter a share from 0 to 100 %.',
  seed: `Enter a whole number from 0 to ${LARGEST_SEED}.`,
}

export const samplingAsked = z.object({
  size: z.number().int().min(1).max(MOST_CASES),
  floorShare: z.number().min(0).max(0.5),
  holdoutShare: z.number().min(0).max(1),
  seed: z.number().int().min(0).max(LARGEST_SEED),
})

/** @throws Problem `invalid` with a message for each value that is out of bounds */
export function checkAsked(values: SamplingAsked): SamplingAsked {
  const parsed = samplingAsked.safeParse(values)
  if (parsed.success) return parsed.data
  const wrong = new Set(parsed.error.issues.map(({ path }) => String(path[0])))
  const fields = Object.fromEntries(Object.entries(SAYS).filter(([name]) => wrong.has(name)))
  throw new Problem('invalid', 'There is no plan yet. Mend what is marked below.', { fields })
}

/** Draws the scores of the demo's letters by the seeded model of simulate.ts, with what the story changes over the months. */
import { drawActiveMs, drawLevel, LOGITS_PER_LEVEL, normal } from '../simulate.ts'
import type { LetterPerson } from './content.ts'
import { stricterBy } from './story.ts'
import type { LetterDimension, LetterQuality } from './traits.ts'

const CANNOT_JUDGE = 0.01
/** Seconds; of somebody who does not read. */
const CARELESS_PACE = 15

type Random = () => number

export type LetterRater = LetterPerson['simulated'] & {
  id: string
  email: string
  /** Logits by dimension, on top of the severity; and the median of the active time, in seconds. */
  biases: Record<string, number>
  pace: number
}

/** A person with leanings of their own. */
export function raterOf(
  { email, simulated }: LetterPerson,
  id: string,
  dimensions: readonly string[],
  random: Random,
): LetterRater {
  const biases = Object.fromEntries(dimensions.map((key) => [key, 0.3 * normal(random)]))
  return { ...simulated, id, email, biases, pace: simulated.careless ? CARELESS_PACE : 55 + 60 * random() }
}

/** A level from 1 to 4; null: cannot judge. */
export function drawScore(
  rater: LetterRater,
  quality: LetterQuality,
  when: { dimension: LetterDimension; version: 1 | 2; month: number },
  random: Random,
): number | null {
  if (random() < CANNOT_JUDGE) return null
  const moved = LOGITS_PER_LEVEL * stricterBy({ ...when, rater: rater.email })
  return drawLevel(quality[when.dimension], rater, (rater.biases[when.dimension] ?? 0) + moved, random)
}

export const drawTime = ({ pace }: LetterRater, random: Random): number => drawActiveMs(pace, random)

import { shuffled } from '../sample.ts'
import type { Candidate } from './candidates.ts'

const MIDDLE = 0.5

/**
 * The half of the candidates nearest the middle of the scale, ties at random: there a change of severity moves the levels
 * most. Of an odd number the larger half. Those without any level are far from everything.
 */
export function nearMiddle(candidates: readonly Candidate[]): Candidate[] {
  const distance = ({ place }: Candidate): number =>
    place === null ? Number.POSITIVE_INFINITY : Math.abs(place - MIDDLE)
  return shuffled(candidates)
    .sort((a, b) => {
      const [first, second] = [distance(a), distance(b)]
      return first === second ? 0 : first - second
    })
    .slice(0, Math.ceil(candidates.length / 2))
    .filter(({ place }) => place !== null)
}

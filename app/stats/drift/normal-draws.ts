import type { Random } from '../random.ts'

/** A source of independent standard normal draws by Marsaglia's polar method (1964); exact. */
export function normalDraws(random: Random): () => number {
  let spare: number | null = null
  return () => {
    if (spare !== null) {
      const kept = spare
      spare = null
      return kept
    }
    for (;;) {
      const u = 2 * random.uniform() - 1
      const v = 2 * random.uniform() - 1
      const square = u * u + v * v
      if (square >= 1 || square === 0) continue
      const factor = Math.sqrt((-2 * Math.log(square)) / square)
      spare = v * factor
      return u * factor
    }
  }
}

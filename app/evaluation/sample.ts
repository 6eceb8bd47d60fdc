/** Drawing at random from lists in memory. */
import { randomInt } from '#app/ambient.ts'

/** So many of them (all, where there are not more), every choice and order as likely as any other (Fisher and Yates). */
export function sampleOf<T>(values: readonly T[], wanted: number): T[] {
  const rest = [...values]
  const most = Math.min(wanted, rest.length)
  for (let i = 0; i < most; i++) {
    const j = i + randomInt(rest.length - i)
    const chosen = rest[j] as T
    rest[j] = rest[i] as T
    rest[i] = chosen
  }
  return rest.slice(0, most)
}

/** All of them in a random order. */
export const shuffled = <T>(values: readonly T[]): T[] => sampleOf(values, values.length)

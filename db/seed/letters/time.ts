/** The demo's months, and doing something as at a moment that has passed. */
import { replaceAmbient } from '#app/ambient.ts'

/** When the round of a month begins: the morning of its fourth day (UTC). `ago`: whole months before the one of `at`. */
export function roundStart(at: number, ago: number): number {
  const today = new Date(at)
  return Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - ago, 4, 9)
}

export const monthName = (at: number): string =>
  new Date(at).toLocaleDateString('en-GB', { month: 'long', timeZone: 'UTC' })

/** Runs something of the domain as it would have run at the given time, in ms. */
export async function atTime<T>(time: number, run: () => Promise<T>): Promise<T> {
  const restore = replaceAmbient({ now: () => time })
  try {
    return await run()
  } finally {
    restore()
  }
}

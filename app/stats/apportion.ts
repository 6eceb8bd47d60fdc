/** Something that is to get whole pieces of a total. */
export type Part = {
  /** In proportion to what it is to get; not negative. */
  weight: number
  /** Whole numbers between which it has to stay. */
  atLeast: number
  atMost: number
}

/** So that a share that is a whole number but for the rounding of a division is taken for one. */
const CLOSE = 1e-9

/**
 * Shares out `total` whole pieces in proportion to weights, within bounds: each part is due λ × weight, kept between its bounds,
 * with λ such that the total comes out; then each gets the whole pieces of its due, and the largest remainders one more
 * (Hamilton's method). Of equal remainders the larger weight goes first, then the part that comes first. No part is more
 * than one piece from its due, and of two with the same bounds the one of less weight never gets more.
 *
 * Where the bounds do not allow the total it is as near to it as they do.
 *
 * @returns by part, the pieces it gets
 */
export function apportion(total: number, parts: readonly Part[]): number[] {
  const due = dues(total, parts)
  const whole = due.map((one) => Math.floor(one + CLOSE))
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
  const left = Math.round(sum(due)) - sum(whole)
  const remainder = (i: number) => Math.max(0, (due[i] ?? 0) - (whole[i] ?? 0))
  const weight = (i: number) => parts[i]?.weight ?? 0
  const order = [...due.keys()].sort((a, b) => remainder(b) - remainder(a) || weight(b) - weight(a) || a - b)
  const more = new Set(order.slice(0, left))
  return whole.map((one, i) => one + (more.has(i) ? 1 : 0))
}

/** What each is due, not rounded: parts that run into a bound are fixed there, until the rest fits between theirs. */
function dues(total: number, parts: readonly Part[]): number[] {
  const due = parts.map(({ atLeast }) => atLeast)
  let free = [...parts.keys()].filter((i) => (parts[i] as Part).weight > 0)
  let left = total - due.reduce((sum, one, i) => sum + (free.includes(i) ? 0 : one), 0)
  while (free.length > 0) {
    const weights = free.reduce((sum, i) => sum + (parts[i] as Part).weight, 0)
    const tried = free.map((i) => {
      const { weight, atLeast, atMost } = parts[i] as Part
      const fair = (left * weight) / weights
      return { i, fair, kept: Math.min(Math.max(fair, atLeast), atMost) }
    })
    const over = tried.reduce((sum, { fair, kept }) => sum + kept - fair, 0)
    const fixed = tried.filter(({ fair, kept }) => over === 0 || (over > 0 ? kept > fair : kept < fair))
    for (const { i, kept } of fixed) {
      due[i] = kept
      left -= kept
    }
    const done = new Set(fixed.map(({ i }) => i))
    free = free.filter((i) => !done.has(i))
  }
  return due
}

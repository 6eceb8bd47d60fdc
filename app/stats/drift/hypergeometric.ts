import { logGamma } from '../inference/gamma.ts'
import type { Random } from '../random.ts'

/**
 * How many of `marked` things are among `drawn` taken without replacement from `total`: one exact draw, by inversion outwards
 * from the mode, so that the cost grows with the standard deviation and not with the numbers.
 */
export function drawHypergeometric(random: Random, drawn: number, marked: number, total: number): number {
  const least = Math.max(0, drawn - (total - marked))
  const most = Math.min(drawn, marked)
  if (least === most) return least
  const mode = Math.min(most, Math.max(least, Math.floor(((drawn + 1) * (marked + 1)) / (total + 2))))
  // P(k + 1) / P(k)
  const ratio = (k: number) => ((marked - k) * (drawn - k)) / ((k + 1) * (total - marked - drawn + k + 1))
  let up = mode
  let down = mode
  let above = Math.exp(logChoose(marked, mode) + logChoose(total - marked, drawn - mode) - logChoose(total, drawn))
  let below = above
  let rest = random.uniform() - above
  while (rest >= 0 && (up < most || down > least)) {
    if (up < most) {
      above *= ratio(up++)
      rest -= above
      if (rest < 0) return up
    }
    if (down > least) {
      below /= ratio(--down)
      rest -= below
      if (rest < 0) return down
    }
  }
  return mode
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
}

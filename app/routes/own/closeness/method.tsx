import type { ClosenessFigures } from '#app/evaluation/closeness/figures.ts'
import { hundredths } from '#app/evaluation/figure.ts'

/** How an outcome comes about, with the thresholds in force. */
export function Method({ figures: { thresholds, calibration } }: { figures: ClosenessFigures }) {
  const { floor, lower, upper } = thresholds
  return (
    <details className="method">
      <summary>How an outcome comes about</summary>
      <p>
        A response is compared with every reference of its case; its closeness to a quality is that to the nearest
        reference of it, from 0 to 1. Where neither reaches {hundredths(floor)}, it is below the bar. Otherwise its lead
        is its closeness to the high minus that to the borderline reference: under {hundredths(lower)} it matches the
        borderline one, from {hundredths(upper)} on the high one, and in the midst of them it lies between. The
        thresholds are {calibration ? 'those that agreed best with experts' : 'a convention'}. Cases that are sealed
        have no part in it.
      </p>
    </details>
  )
}

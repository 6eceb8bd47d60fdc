import { hundredths, plural } from '#app/evaluation/figure.ts'
import type { Placement } from '#app/evaluation/references/placement/verdict.ts'
import type { Quality } from '#db/schema/cases.ts'

const WANTED: Record<Quality, string> = { high: '3.5 or more', borderline: '2 to 3' }

/** Where raters who saw it as any response place it. */
export function PlacedAt({ placement, quality }: { placement: Placement; quality: Quality }) {
  const { raters, ratings, mean, low, high, verdict } = placement
  const interval = low === null || high === null ? '' : ` (95 % from ${hundredths(low)} to ${hundredths(high)})`
  return (
    <p className="by">
      <span>
        Rated blind, as a response: {hundredths(mean)}
        {interval} on 1 to 4, by {plural(raters, 'rater')} in {plural(ratings, 'rating')}; wanted {WANTED[quality]}.
        {verdict === 'too few raters' ? ' One rater says too little to mark it.' : ''}
      </span>
    </p>
  )
}

import type { Behind } from '#app/evaluation/computing/within.ts'
import { plural } from '#app/evaluation/figure.ts'
import { When } from '#app/ui/when.tsx'

/** Says that ratings were made since the figures were computed: computing them anew for each would not let raters be. */
export function NotInYet({ behind }: { behind: Behind | null }) {
  if (!behind) return null
  return (
    <p className="soft">
      As of <When at={behind.at} time />
      {behind.ratings > 0 ? `; ${plural(behind.ratings, 'rating')} made since not counted yet` : ''}. Reload in a minute
      for the newest.
    </p>
  )
}

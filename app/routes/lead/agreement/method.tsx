import { Link } from '@remix-run/react'
import { Empty } from '#app/ui/page.tsx'

/** How the figures come about, for those who ask. */
export function Method() {
  return (
    <details className="method">
      <summary>How these figures are made</summary>
      <ul>
        <li>
          Only ratings in force count: a corrected one in its last form, none that was taken back. They are never pooled
          across rubric versions. “Cannot judge” is missing, not low.
        </li>
        <li>
          Alpha is Krippendorff’s for ordered levels: 1 is perfect agreement, 0 what chance would give. AC2 is Gwet’s,
          with quadratic weights. Exact and adjacent are shares of pairs of ratings of an item that are equal, or at
          most one level apart.
        </li>
        <li>
          Intervals cover 95 % and come from 2,000 draws of the items (for AC2 from Gwet’s variance). They say how much
          other items would have changed the figure, with the same raters.
        </li>
        <li>
          From 0.80 at the lower end scores can be relied on; from 0.667 they bear tentative conclusions (Krippendorff
          2004, p. 241). Below ten items there is no interval and no reading.
        </li>
        <li>
          The split of disagreement shares out what was observed, pair by pair of ratings. Raters are called two groups
          only where no more than 1 in 100 shuffles of the scores within items parts them as well.
        </li>
      </ul>
    </details>
  )
}

export function NoRatings({ narrowed }: { narrowed: boolean }) {
  if (!narrowed)
    return (
      <Empty title="There are no ratings yet">
        Agreement is computed from ratings in force. It is here as soon as two people have rated the same items.
      </Empty>
    )
  return (
    <Empty
      title="No rating passes these filters"
      action={
        <Link className="button" to="?">
          Clear the filters
        </Link>
      }
    >
      Agreement is computed from ratings in force. Widen the dates, take another round or rubric version, or wait for
      the first ratings to come in.
    </Empty>
  )
}

export function NoRounds({ mayPlan }: { mayPlan: boolean }) {
  return (
    <Empty
      title="No round has been opened yet"
      action={
        mayPlan ? (
          <Link className="button" to="../rounds">
            Go to the rounds
          </Link>
        ) : null
      }
    >
      Here you will read how far the raters agree, per dimension, and how far their scores can be trusted. It takes a
      round in which two or more raters score the same items.
    </Empty>
  )
}

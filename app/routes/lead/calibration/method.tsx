import { Link } from '@remix-run/react'
import { Empty } from '#app/ui/page.tsx'

/** How the figures come about, for those who ask. */
export function Method({ remarks }: { remarks: readonly string[] }) {
  return (
    <details className="method">
      <summary>How these figures are made</summary>
      <ul>
        {remarks.map((remark) => (
          <li key={remark}>To know before reading: {remark}.</li>
        ))}
        <li>
          Only ratings in force count: a corrected one in its last form, none that was taken back. They are never pooled
          across rubric versions. “Cannot judge” is missing, not low.
        </li>
        <li>
          Severity, fair scores and fit come from a many-facet Rasch model (Linacre 1989) with a partial credit scale
          for each dimension, by marginal maximum likelihood. It needs no complete design: raters are compared through
          the items they share, directly or by way of others.
        </li>
        <li>
          Intervals cover 95 % and take the larger of two standard errors: that of the model, and one that stays right
          when the scores of an item hang together. They speak of other items with the same raters.
        </li>
        <li>
          Points are expected scores: this rater’s less the average rater’s, over the rater’s own items. A fair score is
          what the average rater would have given, averaged over the dimensions.
        </li>
        <li>
          The tests for careless raters and for copying pairs are each set so that one honest pool in twenty has anybody
          named, whatever its size. Two raters who read the same dimensions the same way, and otherwise than the rest,
          can look like copiers: where contrasts are strong and pairs share 85 items or more, it is one pool in six.
          Where some raters tell levels apart much less sharply than others, the least sharp are named as careless more
          often.
        </li>
      </ul>
    </details>
  )
}

export function ComputingStill() {
  return (
    <Empty
      title="Still computing"
      action={
        <Link className="button" to="">
          Look again
        </Link>
      }
    >
      There are many ratings here, so this takes some seconds. It goes on in the background while the rest of Assay
      works as always; this page looks again by itself.
    </Empty>
  )
}

export function NoRatings() {
  return (
    <Empty
      title="No rating passes these filters"
      action={
        <Link className="button" to="?">
          Clear the filters
        </Link>
      }
    >
      Raters are calibrated from ratings in force. Widen the dates, take another round or rubric version, or wait for
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
      Here you will read how severe each rater is beside the others, who is hard to predict, and what an item would have
      got from the average rater. It takes a round in which two or more raters score the same items.
    </Empty>
  )
}

import { Link } from '@remix-run/react'
import { Empty } from '#app/ui/page.tsx'

/** How the figures come about, for those who ask. */
export function Method() {
  return (
    <details className="method">
      <summary>How these figures are made</summary>
      <ul>
        <li>
          Only ratings in force count, and never two rubric versions as one: each has an anchor series of its own, and
          only answers rated under both by the same raters link them.
        </li>
        <li>
          An answer is the same item in every round. Training, gold, adjudication, repeats and references say nothing of
          drift and are set aside. Ratings given before an answer became an anchor count as its baseline if it was drawn
          at random; if it was picked or screened they do not, because scores chosen by regress to the mean.
        </li>
        <li>
          The split is least squares: score = answer + rater in the period + version. The panel’s move is the biweight
          location of the returning raters’ moves; the model is what is left at a fixed mix of cases. Intervals are 1.96
          standard deviations of 200 draws of answers and raters.
        </li>
        <li>
          The control chart compares each period, alone or with the one before, with a centre learned from the baseline
          and all quiet periods. Its limits are simulated with the baseline’s own error, for all dimensions together.
          Raters have a chart each, against the other raters; the panel is read without those whose own chart alarms.
          The panel and all raters together keep to the chosen rate each, so the page as a whole gives about twice as
          many false alarms. With ten anchor ratings a period only large changes of one rater show.
        </li>
        <li>
          A change of mix is told by the population stability index and the Jensen-Shannon distance, with a permutation
          test. It is never called drift.
        </li>
      </ul>
    </details>
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
      Drift is looked for in ratings in force, under all versions of one rubric. Widen the dates or take another rubric.
    </Empty>
  )
}

export function NothingRated({ mayPlan }: { mayPlan: boolean }) {
  return (
    <Empty
      title="Nothing has been rated yet"
      action={
        mayPlan ? (
          <Link className="button" to="../rounds">
            Go to the rounds
          </Link>
        ) : null
      }
    >
      Here you will read whether scores still mean what they meant: whether one rater, the panel, the rubric, the cases
      or the model moved them. It takes ratings of two periods, and answers that are rated again, blind, as anchors.
    </Empty>
  )
}

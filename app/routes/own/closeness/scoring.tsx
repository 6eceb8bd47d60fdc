import { Form } from '@remix-run/react'
import type { ClosenessFigures } from '#app/evaluation/closeness/figures.ts'
import { plural } from '#app/evaluation/figure.ts'
import { Submit } from '#app/ui/submit.tsx'

/** What is not scored yet, what is under way, and what failed. */
export function Scoring({ figures, maySet }: { figures: ClosenessFigures; maySet: boolean }) {
  const { pairs, scoring, withoutOutcome } = figures
  const busy = scoring?.state === 'waiting' || scoring?.state === 'running'
  return (
    <div className="scoring">
      {scoring?.failed ? (
        <p className="banner" data-tone="warn">
          {scoring.state === 'failed'
            ? `The last scoring failed. ${scoring.failed}`
            : `The embedding service failed at the last scoring, and the lexical measures stay: ${scoring.failed}`}
        </p>
      ) : null}
      {pairs.unscored > 0 ? (
        <Form method="post" className="row">
          <span>
            {pairs.unscored.toLocaleString('en')} of {plural(pairs.all, 'pair')} of a response and a reference are not
            scored yet{busy ? ': that is under way.' : '.'}
          </span>
          {maySet && !busy ? (
            <Submit name="intent" value="score">
              Score them
            </Submit>
          ) : null}
        </Form>
      ) : null}
      {withoutOutcome > 0 ? (
        <p className="soft">
          {plural(withoutOutcome, 'response')} to cases with references of one quality only have no outcome.
        </p>
      ) : null}
    </div>
  )
}

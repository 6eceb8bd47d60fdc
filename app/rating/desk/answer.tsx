import type { ShownItem, ShownRound } from '#app/evaluation/queue/shown.ts'
import { SafeHtml } from '#app/ui/safe-html.tsx'
import type { Named } from '../named-evidence.ts'
import { Passage } from './passage.tsx'
import { REACHABLE } from './reachable.ts'

type Props = {
  title: string
  instructions?: ShownRound['instructions']
  /** Whether the instructions are unfolded. */
  instructed?: boolean
  item: Pick<ShownItem, 'question' | 'response'>
  evidence: readonly Named[]
  hint?: boolean
}

/** The question and the response to it. */
export function Answer({ title, instructions, instructed, item, evidence, hint }: Props) {
  return (
    <article className="answer" tabIndex={REACHABLE} aria-label="Question and response" data-pane>
      <h1 className="unseen">{title}</h1>
      {instructions ? (
        <details className="instructions" open={instructed}>
          <summary>Instructions for this round</summary>
          <SafeHtml className="reading" html={instructions} />
        </details>
      ) : null}
      <section className="question" aria-labelledby="question">
        <h2 id="question">Question</h2>
        <SafeHtml className="reading" html={item.question} />
      </section>
      <section aria-labelledby="response">
        <h2 id="response">Response</h2>
        <Passage source="response" html={item.response} evidence={evidence} />
        {hint ? (
          <p className="hint">
            <small>
              Select a passage to attach it to the dimension you are on <kbd>e</kbd>
            </small>
          </p>
        ) : null}
      </section>
    </article>
  )
}

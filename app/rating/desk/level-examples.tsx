import { memo } from 'react'
import type { ShownDimension } from '#app/evaluation/queue/shown.ts'

/** Answers that deserve each level, folded away: whoever wavers between two levels opens them. */
export const LevelExamples = memo(function LevelExamples({ dimension }: { dimension: ShownDimension }) {
  const levels = dimension.levels.flatMap(({ value, examples }) => (examples ? [{ value, examples }] : []))
  if (levels.length === 0) return null
  return (
    <details className="examples">
      <summary>Examples</summary>
      <dl>
        {levels.map(({ value, examples }) => (
          <div key={value}>
            <dt>{value}</dt>
            {examples.map((example) => (
              <dd key={example}>{example}</dd>
            ))}
          </div>
        ))}
      </dl>
    </details>
  )
})

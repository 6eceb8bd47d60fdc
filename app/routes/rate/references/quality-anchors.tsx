import type { QualityAnchors } from '#app/evaluation/references/anchors.ts'
import type { TaskOnPage } from './task.tsx'

const OF = {
  high: 'What good looks like: the top level',
  borderline: 'The least that is acceptable: the passing levels',
} as const

/** What the rubric says of the levels this reference belongs at; the other quality's folded. */
export function Anchors({ task: { quality, rubric } }: { task: TaskOnPage }) {
  if (!rubric) return <p className="soft">No rubric is published yet: write what you would want to be told.</p>
  const other = quality === 'high' ? 'borderline' : 'high'
  return (
    <section className="quality-anchors" aria-label="What the rubric says">
      <p className="faint">
        {rubric.name}, version {rubric.version}
      </p>
      <h2>{OF[quality]}</h2>
      <Levels of={rubric[quality]} />
      <details>
        <summary>{OF[other]}</summary>
        <Levels of={rubric[other]} />
      </details>
    </section>
  )
}

function Levels({ of }: { of: QualityAnchors }) {
  return (
    <dl>
      {of.map(({ dimension, levels }) => (
        <div key={dimension}>
          <dt>{dimension}</dt>
          {levels.map(({ value, place, label, anchor }) => (
            <dd key={value}>
              <strong className="level-mark" data-level={place}>
                {value}
              </strong>
              <span>
                {label ? <b>{label}: </b> : null}
                {anchor}
              </span>
            </dd>
          ))}
        </div>
      ))}
    </dl>
  )
}

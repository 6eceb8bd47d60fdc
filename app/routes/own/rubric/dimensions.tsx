import type { Dimension } from '#app/evaluation/rubrics/read.ts'

/** A rubric to be read: its dimensions with what each level stands for. */
export function Dimensions({ dimensions }: { dimensions: readonly Dimension[] }) {
  const oneWeight = new Set(dimensions.map(({ weight }) => weight)).size === 1
  return (
    <div className="anchors">
      {dimensions.map((dimension, index) => (
        <Anchors key={dimension.id} dimension={dimension} number={index + 1} showWeight={!oneWeight} />
      ))}
    </div>
  )
}

function Anchors({ dimension, number, showWeight }: { dimension: Dimension; number: number; showWeight: boolean }) {
  const { id, name, description, levels, rationaleAtOrBelow, weight } = dimension
  return (
    <section aria-labelledby={id} data-levels={levels.length}>
      <header>
        <h2 id={id}>
          <span className="faint">{number}</span> {name || 'No name yet'}
        </h2>
        {description ? <p>{description}</p> : null}
        {rationaleAtOrBelow === null ? null : (
          <p className="faint">A note is asked for at {rationaleAtOrBelow} and below.</p>
        )}
        {showWeight ? <p className="faint">Weight {weight}</p> : null}
      </header>
      <ol>
        {levels.map((level, index) => (
          <li key={level.value}>
            <b className="level-mark" data-level={index + 1}>
              {level.value}
            </b>
            <div>
              {level.label ? <strong>{level.label}</strong> : null}
              <p>{level.anchor || <span className="faint">No anchor yet.</span>}</p>
              {level.examples.map((example) => (
                <blockquote key={example}>{example}</blockquote>
              ))}
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

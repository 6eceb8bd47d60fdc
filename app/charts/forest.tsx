import { useId } from 'react'
import type { Forest } from './forest.server.ts'

const anchorClass = { start: '', middle: 'middle', end: 'end' } as const

/**
 * A forest plot: names, drawing, figures, a row each. `description` says in words what it shows; names and figures stand
 * beside the drawing, and the table is expected beneath.
 */
export function ForestPlot({
  forest,
  title,
  description,
  rows,
}: {
  forest: Forest
  title: string
  description: string
  rows: readonly { name: string; figure: string; detail: string }[]
}) {
  const id = useId()
  return (
    <figure className="rows">
      <ol aria-hidden="true">
        {rows.map(({ name }) => (
          <li key={name}>{name}</li>
        ))}
      </ol>
      <svg className="chart" height={forest.height} role="img" aria-labelledby={`${id}t ${id}d`}>
        <title id={`${id}t`}>{title}</title>
        <desc id={`${id}d`}>{description}</desc>
        {forest.bands.map(({ x, width, tone }) => (
          <rect
            key={tone}
            className={`band ${tone}`}
            x={`${x}%`}
            y={forest.top}
            width={`${width}%`}
            height={forest.axis - forest.top}
          />
        ))}
        {forest.labels.map(({ x, anchor, text, narrow }) => (
          <text
            key={text}
            className={narrow ? `${anchorClass[anchor]} wide` : anchorClass[anchor]}
            x={`${x}%`}
            y={12}
            dx={anchor === 'end' ? -8 : undefined}
          >
            {text}
          </text>
        ))}
        <line className="axis" x2="100%" y1={forest.axis} y2={forest.axis} />
        {forest.ticks.map(({ x, anchor, text, strong }) => (
          <text
            key={text}
            className={strong ? `${anchorClass[anchor]} strong` : anchorClass[anchor]}
            x={`${x}%`}
            y={forest.axis + 18}
          >
            {text}
          </text>
        ))}
        {forest.marks.map(({ name, x, y, line }) => (
          <g key={name}>
            {line ? <line x1={`${line.from}%`} x2={`${line.to}%`} y1={y} y2={y} /> : null}
            <circle className={line ? 'dot' : 'hollow'} cx={`${x}%`} cy={y} r={5} />
          </g>
        ))}
      </svg>
      <ol aria-hidden="true">
        {rows.map(({ name, figure, detail }) => (
          <li key={name}>
            {figure} <span className="faint">{detail}</span>
          </li>
        ))}
      </ol>
    </figure>
  )
}

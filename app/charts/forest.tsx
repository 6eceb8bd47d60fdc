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
  rows: readonly { id?: string; name: string; figure: string; detail: string }[]
}) {
  const id = useId()
  return (
    <figure className="rows" data-row={forest.row}>
      <ol aria-hidden="true">
        {rows.map(({ id: row, name }) => (
          <li key={row ?? name}>{name}</li>
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
        {forest.zero === null ? null : (
          <line className="axis" x1={`${forest.zero}%`} x2={`${forest.zero}%`} y1={forest.top} y2={forest.axis} />
        )}
        {forest.rug.length > 0 ? (
          <g className="rug">
            {[...new Set(forest.rug)].map((x) => (
              <line key={x} x1={`${x}%`} x2={`${x}%`} y1={forest.axis - 8} y2={forest.axis} />
            ))}
          </g>
        ) : null}
        {forest.ticks.map(({ x, anchor, text, strong, spare }) => (
          <text
            key={text}
            className={`${anchorClass[anchor]}${strong ? ' strong' : ''}${spare ? ' wide' : ''}`}
            x={`${x}%`}
            y={forest.axis + 18}
          >
            {text}
          </text>
        ))}
        {forest.marks.map(({ x, y, line, second }) => (
          <g key={y}>
            {line ? <line x1={`${line.from}%`} x2={`${line.to}%`} y1={y} y2={y} /> : null}
            {second === null ? null : <circle className="hollow" cx={`${second}%`} cy={y} r={4} />}
            <circle
              className={line || second !== null ? 'dot' : 'hollow'}
              cx={`${x}%`}
              cy={y}
              r={second === null ? 5 : 4}
            />
          </g>
        ))}
      </svg>
      <ol aria-hidden="true">
        {rows.map(({ id: row, name, figure, detail }) => (
          <li key={row ?? name}>
            {figure} <span className="faint">{detail}</span>
          </li>
        ))}
      </ol>
    </figure>
  )
}

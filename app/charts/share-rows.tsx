import { useId } from 'react'
import type { ShareRows } from './share-rows.server.ts'

/**
 * Shares as bars: names, drawing, figures, a row each. `tones`: by bar and part, how it is drawn; `legend` says what each
 * stands for. The table is expected beneath.
 */
export function ShareRowsChart({
  chart,
  title,
  description,
  rows,
  tones,
  legend,
}: {
  chart: ShareRows
  title: string
  description: string
  rows: readonly { name: string; figure: string; detail: string }[]
  tones: readonly (readonly string[])[]
  legend: readonly { tone: string; says: string }[]
}) {
  const id = useId()
  return (
    <figure className="shares">
      <figcaption className="legend">
        {legend.map(({ tone, says }) => (
          <span key={tone}>
            <svg className="chart" aria-hidden="true">
              <rect className={tone} width="20" height="12" />
            </svg>
            {says}
          </span>
        ))}
      </figcaption>
      <div className="rows">
        <ol aria-hidden="true">
          {rows.map(({ name }) => (
            <li key={name}>{name}</li>
          ))}
        </ol>
        <svg className="chart" height={chart.height} role="img" aria-labelledby={`${id}t ${id}d`}>
          <title id={`${id}t`}>{title}</title>
          <desc id={`${id}d`}>{description}</desc>
          {chart.ticks.map(({ x, text, anchor }) => (
            <g key={text}>
              <line className="grid" x1={`${x}%`} x2={`${x}%`} y1={chart.top} y2={chart.axis} />
              <text className={anchor} x={`${x}%`} y={chart.axis + 18}>
                {text}
              </text>
            </g>
          ))}
          {chart.bars.map(({ key, bar, part, x, width, y, height }) => (
            <rect key={key} className={tones[bar]?.[part]} x={`${x}%`} width={`${width}%`} y={y} height={height} />
          ))}
          {chart.line ? (
            <g>
              <line x1={`${chart.line.x}%`} x2={`${chart.line.x}%`} y1={chart.top - 4} y2={chart.axis} />
              <text className={`${chart.line.anchor} strong`} x={`${chart.line.x}%`} y={chart.top - 8}>
                {chart.line.text}
              </text>
            </g>
          ) : null}
        </svg>
        <ol aria-hidden="true">
          {rows.map(({ name, figure, detail }) => (
            <li key={name}>
              {figure} <span className="faint">{detail}</span>
            </li>
          ))}
        </ol>
      </div>
    </figure>
  )
}

import { useId } from 'react'
import type { PeriodsChart as Chart } from './periods.server.ts'

/** Values over periods. `description` says in words what it shows; the table is expected beneath. */
export function PeriodsChart({ chart, title, description }: { chart: Chart; title: string; description: string }) {
  const id = useId()
  return (
    <svg className="chart" height={chart.height} role="img" aria-labelledby={`${id}t ${id}d`}>
      <title id={`${id}t`}>{title}</title>
      <desc id={`${id}d`}>{description}</desc>
      {chart.rows.map(({ y, text, zero }) => (
        <g key={text}>
          <line className={zero ? 'axis' : 'grid'} x1="6%" x2="100%" y1={y} y2={y} />
          <text className="faint" x="0" y={y + 4}>
            {text}
          </text>
        </g>
      ))}
      {chart.marks.map(({ x, text, detail, end }) => (
        <g key={`${x}`}>
          <line className="axis" x1={`${x}%`} x2={`${x}%`} y1={chart.top - 4} y2={chart.floor} />
          <text className={end ? 'end strong' : 'strong'} x={`${x}%`} y={chart.top - 10}>
            {text}
            {detail ? <tspan className="wide">{detail}</tspan> : null}
          </text>
        </g>
      ))}
      <svg
        aria-hidden="true"
        width="100%"
        height={chart.height}
        viewBox={`0 0 100 ${chart.height}`}
        preserveAspectRatio="none"
        overflow="visible"
      >
        {chart.limits.map((path) => (
          <path key={path} className="limit" d={path} />
        ))}
        {chart.lines.map((path) => (
          <path key={path} className="trend" d={path} />
        ))}
      </svg>
      {chart.points.map(({ x, y, from, to, alarm }) => (
        <g key={`${x} ${y}`}>
          {from === null || to === null ? null : <line className="faded" x1={`${x}%`} x2={`${x}%`} y1={from} y2={to} />}
          {alarm ? (
            <svg x={`${x}%`} y={y} overflow="visible" aria-hidden="true">
              <path className="alarm" d="M0,-8 7,5 -7,5Z" />
            </svg>
          ) : (
            <circle className="dot" cx={`${x}%`} cy={y} r={4} />
          )}
        </g>
      ))}
      {chart.span ? (
        <>
          <line x1={`${chart.span.from}%`} x2={`${chart.span.to}%`} y1={chart.span.y} y2={chart.span.y} />
          <text
            className={chart.span.end ? 'end' : undefined}
            x={`${chart.span.end ? chart.span.to : chart.span.from}%`}
            y={chart.span.y - 7}
          >
            {chart.span.text}
          </text>
        </>
      ) : null}
      {chart.ticks.map(({ x, text, wide }) => (
        <text key={`${x}`} className={wide ? 'middle wide' : 'middle'} x={`${x}%`} y={chart.floor + 20}>
          {text}
        </text>
      ))}
    </svg>
  )
}

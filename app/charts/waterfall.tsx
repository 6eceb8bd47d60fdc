import { useId } from 'react'
import type { Waterfall } from './waterfall.server.ts'

/** A waterfall: names, drawing, figures, a row each; the first and the last are the figures before and after. */
export function WaterfallChart({
  chart,
  title,
  description,
  rows,
}: {
  chart: Waterfall
  title: string
  description: string
  rows: readonly { name: string; figure: string; detail: string }[]
}) {
  const id = useId()
  const isEnd = (row: number) => row === 0 || row === rows.length - 1
  return (
    <figure className="rows waterfall">
      <ol aria-hidden="true">
        {rows.map(({ name }, row) => (
          <li key={name}>{isEnd(row) ? <strong>{name}</strong> : name}</li>
        ))}
      </ol>
      <svg className="chart" height={chart.height} role="img" aria-labelledby={`${id}t ${id}d`}>
        <title id={`${id}t`}>{title}</title>
        <desc id={`${id}d`}>{description}</desc>
        {chart.ticks.map(({ x, text, anchor }) => (
          <g key={text}>
            <line className="grid" x1={`${x}%`} x2={`${x}%`} y1={chart.top} y2={chart.floor} />
            <text className={anchor === 'start' ? undefined : anchor} x={`${x}%`} y={chart.floor + 18}>
              {text}
            </text>
          </g>
        ))}
        {chart.links.map(({ x, from, to }) => (
          <line key={from} className="faded" x1={`${x}%`} x2={`${x}%`} y1={from} y2={to} />
        ))}
        {chart.bars.map(({ name, x, width, y, hollow, line }) => (
          <g key={name}>
            <rect className={hollow ? 'hollow' : 'fall'} x={`${x}%`} width={`${width}%`} y={y} height={12} />
            <line x1={`${line.from}%`} x2={`${line.to}%`} y1={y + 18} y2={y + 18} />
          </g>
        ))}
        {chart.ends.map(({ x, y }) => (
          <rect key={y} className="dot" width={3} x={`${x}%`} transform="translate(-1.5)" y={y - 11} height={22} />
        ))}
      </svg>
      <ol aria-hidden="true">
        {rows.map(({ name, figure, detail }, row) => (
          <li key={name}>
            {isEnd(row) ? <strong>{figure}</strong> : figure} <span className="faint">{detail}</span>
          </li>
        ))}
      </ol>
    </figure>
  )
}

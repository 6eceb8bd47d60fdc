import type { Histogram as Geometry } from './histogram.server.ts'

/** Counts in bins; the table beside it holds the same numbers. `x` says what is binned. */
export function Histogram({ title, x, chart }: { title: string; x: string; chart: Geometry }) {
  const said = chart.bars
    .filter(({ count }) => count > 0)
    .map(({ label, count }) => `${label}: ${count}`)
    .join(', ')
  return (
    <figure className="histogram">
      <figcaption>
        {title} <span className="faint">{x}</span>
      </figcaption>
      <svg className="chart" height={chart.height} role="img" aria-label={`${title}, ${x}. ${said}`}>
        {chart.ticks.map(({ y, text }) => (
          <g key={text}>
            <line className="grid" x1={`${chart.left}%`} x2="100%" y1={y} y2={y} />
            <text className="faint end" x={`${chart.left - 1.5}%`} y={y + 4}>
              {text}
            </text>
          </g>
        ))}
        {chart.bars.map(({ x: left, width, y, height, label, count }) => (
          <rect key={label} className="fall" x={`${left}%`} width={`${width}%`} y={y} height={height}>
            <title>{`${label}: ${count.toLocaleString('en')}`}</title>
          </rect>
        ))}
        <line className="axis" x1={`${chart.left}%`} x2="100%" y1={chart.floor} y2={chart.floor} />
        {chart.edges.map(({ x: at, text, anchor }) => (
          <text key={text} className={anchor} x={`${at}%`} y={chart.floor + 16}>
            {text}
          </text>
        ))}
      </svg>
    </figure>
  )
}

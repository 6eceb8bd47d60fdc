import { useId } from 'react'
import type { BurnUp } from './burn-up.server.ts'

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })

/** What was done by when, against what was wanted by its date. `description` says it in words. */
export function BurnUpChart({ chart, title, description }: { chart: BurnUp; title: string; description: string }) {
  const id = useId()
  return (
    <svg className="chart burn-up" height={chart.height} role="img" aria-labelledby={`${id}t ${id}d`}>
      <title id={`${id}t`}>{title}</title>
      <desc id={`${id}d`}>{description}</desc>
      {chart.rows.map(({ y, count }) => (
        <g key={count}>
          <line className={count === 0 ? 'axis' : 'grid'} x1="0%" x2="100%" y1={y} y2={y} />
          {count === 0 ? null : (
            <text className="faint" x="0%" y={y - 5}>
              {count.toLocaleString('en')}
            </text>
          )}
        </g>
      ))}
      {chart.end ? (
        <>
          <line className="axis" x1={`${chart.end.x}%`} x2={`${chart.end.x}%`} y1={chart.top} y2={chart.floor} />
          <text className={chart.end.x > 85 ? 'end strong' : 'strong'} x={`${chart.end.x}%`} y={chart.top - 5}>
            {chart.end.late ? 'its date, passed' : 'its date'}
          </text>
        </>
      ) : null}
      <svg
        aria-hidden="true"
        width="100%"
        height={chart.floor}
        viewBox={`0 0 100 ${chart.floor}`}
        preserveAspectRatio="none"
        overflow="visible"
      >
        {chart.plan ? <path className="limit" d={chart.plan} /> : null}
        {chart.done ? <path className="trend" d={chart.done} /> : null}
      </svg>
      {chart.dot ? <circle className="dot" cx={`${chart.dot.x}%`} cy={chart.dot.y} r={4} /> : null}
      {chart.ticks.map(({ x, at, wide, anchor }) => (
        <text key={at} className={wide ? `${anchor} wide` : anchor} x={`${x}%`} y={chart.floor + 18}>
          {DAY.format(at)}
        </text>
      ))}
    </svg>
  )
}

import { shareSteps } from './shares.ts'

/** Counts of named, ordered outcomes as one bar in the colours of levels; the table beside it says the numbers. */
export function NamedShares({ names, counts }: { names: readonly string[]; counts: readonly number[] }) {
  const steps = shareSteps(counts)
  if (steps === null) return <span className="faint">none</span>
  const said = names.map((name, k) => `${name}: ${Math.round((steps[k]?.width ?? 0) * 10) / 10} %`).join(', ')
  return (
    <svg className="levels-bar wide" role="img" aria-label={said} data-levels={names.length}>
      <title>{said}</title>
      {steps.map(({ x, width }, k) =>
        width > 0 ? <rect key={names[k]} data-level={k + 1} x={`${x}%`} width={`${width}%`} height="14" /> : null,
      )}
    </svg>
  )
}

import { shareSteps } from './shares.ts'

/** How often each level was given, as one bar in the levels' own colours. */
export function LevelsBar({ levels, counts }: { levels: readonly number[]; counts: readonly number[] }) {
  const steps = shareSteps(counts)
  if (steps === null) return <span className="faint">none</span>
  const said = levels.map((level, k) => `${level}: ${Math.round((steps[k]?.width ?? 0) * 10) / 10} %`).join(', ')
  return (
    <svg className="levels-bar" role="img" aria-label={said} data-levels={levels.length}>
      <title>{said}</title>
      {steps.map(({ x, width }, k) =>
        width > 0 ? <rect key={levels[k]} data-level={k + 1} x={`${x}%`} width={`${width}%`} height="10" /> : null,
      )}
    </svg>
  )
}

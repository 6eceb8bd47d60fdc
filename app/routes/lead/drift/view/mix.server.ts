import { segmentName } from '#app/evaluation/drift/causes.ts'
import type { DimensionFindings, DriftFindings } from '#app/evaluation/drift/findings.ts'
import { percent, whole } from '#app/evaluation/figure.ts'

export type MixView = {
  before: string
  after: string
  said: string
  rows: { name: string; before: string; after: string; was: number; is: number; difference: string }[]
  /** Each period against the first with live items. */
  periods: { period: string; items: string; psi: string; distance: string; p: string }[]
  systems: { period: string; systems: string }[]
}

/** A difference rarer than this without any change is called one: the page looks at many. */
const RARE = 0.01

/** The mix of cases in the two periods compared, the segments that changed most first. */
export function mixView(
  { periods, segments, compared, systems }: DriftFindings,
  { mix, drift }: DimensionFindings,
  systemNames: Readonly<Record<string, string>>,
): MixView | null {
  if (!mix.estimable || compared === null) return null
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0)
  const [before, after] = [total(mix.before), total(mix.after)]
  const rows = segments
    .map((segment, s) => ({
      name: segmentName(segment),
      was: (mix.before[s] ?? 0) / before,
      is: (mix.after[s] ?? 0) / after,
    }))
    .filter(({ was, is }) => was > 0 || is > 0)
    .sort((a, b) => Math.abs(b.is - b.was) - Math.abs(a.is - a.was))
  const p = mix.p < 0.001 ? 'p < 0.001' : `p ${mix.p.toFixed(3)}`
  const figures = `PSI ${mix.stabilityIndex.toFixed(2)}, Jensen-Shannon distance ${Math.sqrt(mix.divergence).toFixed(2)}, ${p}`
  return {
    before: periods[compared.before]?.label ?? '',
    after: periods[compared.after]?.label ?? '',
    said:
      mix.p > RARE
        ? `Chance brings about differences like these more often than once in 100 (${figures}). They are taken out of the other causes all the same.`
        : `Another mix of cases (${figures}). This is no drift, and it is taken out of the other causes.`,
    rows: rows.map(({ name, was, is }) => ({
      name,
      was,
      is,
      before: percent(was),
      after: percent(is),
      difference: `${is >= was ? '+' : '−'}${Math.abs(100 * (is - was)).toFixed(1)}`,
    })),
    periods: drift.mix.map(({ period, counts, stabilityIndex, divergence, p: chance }) => ({
      period: periods[period]?.label ?? '',
      items: whole(total(counts)),
      psi: stabilityIndex.toFixed(3),
      distance: Math.sqrt(divergence).toFixed(3),
      p: chance < 0.001 ? '< 0.001' : chance.toFixed(3),
    })),
    systems: periods.flatMap(({ label }, number) => {
      const own = systems[number] ?? []
      if (own.length === 0) return []
      return [
        { period: label, systems: own.map(({ id, items }) => `${systemNames[id] ?? ''} (${whole(items)})`).join(', ') },
      ]
    }),
  }
}

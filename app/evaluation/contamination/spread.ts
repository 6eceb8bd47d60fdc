/** How the risk of cases is spread in pools and segments. */
import { type CaseRisk, USED_POOLS, type UsedPool } from './amounts.ts'

/** Risk from here on is called high. */
export const HIGH_RISK = 50
export const BINS = 10

export type RiskSpread = {
  pool: UsedPool
  /** Null: the pool as a whole. */
  category: string | null
  userSegment: string | null
  cases: number
  mean: number
  high: number
  /** Cases by tens of risk: [0, 10), [10, 20), ... [90, 100]. */
  bins: number[]
}

/** A spread for each pool that holds a case, followed by those of its segments in the order of their names. */
export function spreadsOf(risks: readonly CaseRisk[]): RiskSpread[] {
  return USED_POOLS.flatMap((pool) => {
    const inPool = risks.filter((one) => one.pool === pool)
    if (inPool.length === 0) return []
    const segments = new Map<string, CaseRisk[]>()
    for (const one of inPool) {
      const name = JSON.stringify([one.category, one.userSegment])
      const known = segments.get(name)
      if (known) known.push(one)
      else segments.set(name, [one])
    }
    const named = [...segments].sort(([a], [b]) => (a < b ? -1 : 1))
    return [
      spread(pool, null, null, inPool),
      ...named.map(([, cases]) => spread(pool, cases[0]?.category ?? '', cases[0]?.userSegment ?? '', cases)),
    ]
  })
}

function spread(
  pool: UsedPool,
  category: string | null,
  userSegment: string | null,
  risks: readonly CaseRisk[],
): RiskSpread {
  const bins = Array.from({ length: BINS }, () => 0)
  for (const { risk } of risks) {
    const bin = Math.min(BINS - 1, Math.floor(risk / (100 / BINS)))
    bins[bin] = (bins[bin] as number) + 1
  }
  return {
    pool,
    category,
    userSegment,
    cases: risks.length,
    mean: risks.reduce((sum, { risk }) => sum + risk, 0) / risks.length,
    high: risks.filter(({ risk }) => risk >= HIGH_RISK).length,
    bins,
  }
}

/** How p-values are adjusted when several are read together. Holm keeps the chance of any false alarm, the others the share. */
export type Adjustment = 'holm' | 'benjamini-hochberg' | 'benjamini-yekutieli' | 'bonferroni'

/**
 * Adjusted p-values in the order given: reject at level q where the adjusted value is at most q.
 *
 * Holm 1979 ("A simple sequentially rejective multiple test procedure"), Benjamini & Hochberg 1995 ("Controlling the false
 * discovery rate"), Benjamini & Yekutieli 2001 (any dependence), Bonferroni.
 *
 * @param p values in [0, 1]
 */
export function adjustedP(p: readonly number[], adjustment: Adjustment): number[] {
  const count = p.length
  if (adjustment === 'bonferroni') return p.map((value) => Math.min(1, value * count))
  const rising = p.map((_, index) => index).sort((a, b) => (p[a] as number) - (p[b] as number))
  const adjusted = new Array<number>(count)
  if (adjustment === 'holm') {
    let most = 0
    rising.forEach((index, rank) => {
      most = Math.max(most, Math.min(1, (p[index] as number) * (count - rank)))
      adjusted[index] = most
    })
    return adjusted
  }
  const factor = adjustment === 'benjamini-yekutieli' ? harmonic(count) : 1
  let least = 1
  for (let rank = count - 1; rank >= 0; rank--) {
    const index = rising[rank] as number
    least = Math.min(least, ((p[index] as number) * count * factor) / (rank + 1))
    adjusted[index] = least
  }
  return adjusted
}

/** 1 + 1/2 + ... + 1/n */
function harmonic(n: number): number {
  let sum = 0
  for (let i = 1; i <= n; i++) sum += 1 / i
  return sum
}

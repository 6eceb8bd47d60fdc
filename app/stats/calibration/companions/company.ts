import type { Scores } from '../scores.ts'

/** With whom a rater shares items, in numbers. */
export interface Company {
  /** Items that somebody else scored too. */
  readonly items: number
  /** Other raters who scored one of them. */
  readonly others: number
  /** The largest share that any one of them has in the others' ratings of these items; null without others. */
  readonly largestShare: number | null
}

/** Every rater's company on common items, whatever the dimension. */
export function companyOf({ item, rater, itemCount, raterCount }: Scores): Company[] {
  const ratersOf = Array.from({ length: itemCount }, (): number[] => [])
  for (let entry = 0; entry < item.length; entry++) {
    const there = ratersOf[item[entry] as number] as number[]
    const r = rater[entry] as number
    if (!there.includes(r)) there.push(r)
  }
  const shared = new Uint32Array(raterCount)
  const meetings = Array.from({ length: raterCount }, () => new Map<number, number>())
  for (const there of ratersOf) {
    if (there.length < 2) continue
    for (const r of there) {
      shared[r] = (shared[r] as number) + 1
      const met = meetings[r] as Map<number, number>
      for (const other of there) if (other !== r) met.set(other, (met.get(other) ?? 0) + 1)
    }
  }
  return meetings.map((met, r) => {
    const counts = [...met.values()]
    const all = counts.reduce((sum, count) => sum + count, 0)
    return {
      items: shared[r] as number,
      others: counts.length,
      largestShare: all === 0 ? null : counts.reduce((most, count) => Math.max(most, count), 0) / all,
    }
  })
}

/** From a number to the ratings behind it. */
import type { ListedKind } from '#app/evaluation/agreement/listed-kind.ts'
import type { SettledDrift } from '#app/evaluation/drift/filter.ts'
import type { Period } from '#app/evaluation/drift/periods.ts'

const DAY_MS = 86_400_000
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** The address of the ratings of a kind in a period under a version, as far as the filter takes them in; null: not for this reader. */
export type Behind = (
  period: Period | undefined,
  versionId: string | undefined,
  kind: ListedKind,
  raterId?: string,
) => string | null

/** @param dimension its key */
export function behind(filter: SettledDrift, dimension: string, mayList: boolean): Behind {
  return (period, versionId, kind, raterId) => {
    if (!mayList || period === undefined || versionId === undefined) return null
    const there = new URLSearchParams({ rubric: versionId, dimension, kind, back: 'drift' })
    const set = (name: string, value: string | null) => {
      if (value !== null) there.set(name, value)
    }
    if (period.from === null || period.to === null) there.set('round', period.key)
    else {
      there.set('from', dayOf(Math.max(period.from, filter.from ?? 0)))
      there.set('to', dayOf(Math.min(period.to, filter.to ?? Number.POSITIVE_INFINITY) - DAY_MS))
    }
    set('category', filter.category)
    set('user', filter.userSegment)
    set('source', filter.source)
    set('rater', raterId ?? filter.raterId)
    return `../agreement/ratings?${there}`
  }
}

import type { Passing } from '../agreement/passing.ts'

/**
 * The rows without what a rater gave a response again (an anchor, half of a bridge): an easy answer is scored alike each time, and
 * two who meet on it in every round would agree as if they had copied.
 *
 * @param repeated the response of every item whose response stands in several: `responsesAgain`
 */
export function firstMeetings({ columns, rows }: Passing, repeated: ReadonlyMap<string, string>): Passing {
  if (repeated.size === 0) return { columns, rows }
  const oldest = new Map<string, number>()
  const keyOf = (row: number): string | null => {
    const response = repeated.get(columns.items.names[columns.item[row] as number] as string)
    return response === undefined ? null : `${columns.rater[row]} ${response}`
  }
  for (const row of rows) {
    const key = keyOf(row)
    if (key === null) continue
    const known = oldest.get(key)
    const isOlder = known === undefined || (columns.submittedAt[row] as number) < (columns.submittedAt[known] as number)
    if (isOlder) oldest.set(key, row)
  }
  return { columns, rows: rows.filter((row) => (oldest.get(keyOf(row) ?? '') ?? row) === row) }
}

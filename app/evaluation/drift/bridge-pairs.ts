import type { DriftRound, DriftRow } from './rows.ts'

/** A rating of a bridge's item under the new version, and the same rater's of the same answer under the old one. */
export type BridgePair = { before: number; after: number; daysApart: number }

const DAY_MS = 86_400_000
/** Ratings further apart say more of what the rater changed since than of the rubric. */
export const MOST_DAYS_APART = 92

/**
 * Finds, for each rating of a bridge's item, that rater's rating of the same answer under the version that the round links to:
 * the one nearest in time, whatever it was rated for, at most a quarter of a year away.
 *
 * @param taken rows that say anything (see `kindOf`); others are no one's half
 * @returns pairs of indexes into the rows
 */
export function bridgePairs(
  rows: readonly DriftRow[],
  taken: (row: number) => boolean,
  rounds: ReadonlyMap<string, DriftRound>,
): BridgePair[] {
  const own = new Map<string, number[]>()
  rows.forEach(({ responseId, raterId, versionId }, row) => {
    if (!taken(row)) return
    const key = `${responseId} ${raterId} ${versionId}`
    const known = own.get(key)
    if (known) known.push(row)
    else own.set(key, [row])
  })
  return rows.flatMap(({ reason, roundId, responseId, raterId, at }, after): BridgePair[] => {
    const from = reason === 'bridge' ? rounds.get(roundId)?.bridgesFromId : null
    if (!from) return []
    const [nearest] = (own.get(`${responseId} ${raterId} ${from}`) ?? [])
      .map((before) => ({ before, after, daysApart: Math.abs(at - (rows[before] as DriftRow).at) / DAY_MS }))
      .sort((a, b) => a.daysApart - b.daysApart)
    return nearest !== undefined && nearest.daysApart <= MOST_DAYS_APART ? [nearest] : []
  })
}

import type { RoundValues } from '../rounds/shown.ts'
import { faultsOfRound } from '../rounds/values.ts'

export const BRIDGE_ITEMS_MOST = 300
export const BRIDGE_OVERLAP_MOST = 10

/** A bridge: the same responses rated blind under two versions of a rubric by the same raters. */
export type BridgeValues = Pick<
  RoundValues,
  'overlap' | 'raterIds' | 'referencesShown' | 'instructions' | 'secondsPerItem' | 'startsAt' | 'endsAt'
> & {
  /** The older version, and the newer one. */
  fromId: string
  toId: string
  /** `both`: everything is rated now, in two rounds; `new`: ratings given under the older version count as its half. */
  rated: 'both' | 'new'
  /** Responses rated under the older version at or after this moment, in ms; null: ever. */
  since: number | null
  /** How many responses are drawn. */
  items: number
  /** What raters see of the round under each version. */
  names: { from: string; to: string }
}

const isWhole = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most

/** A word that would tell raters what the round is for. */
const TELLING = /\b(?:bridg|anchor|drift|re-?rat)/i

/** What is wrong with a bridge's own values, by field; empty: nothing. */
export function faultsOfBridge(values: BridgeValues): Record<string, string> {
  const { names, rated, items, overlap, raterIds, instructions, secondsPerItem, startsAt, endsAt } = values
  const faults = faultsOfRound({ instructions, secondsPerItem, startsAt, endsAt })
  for (const half of rated === 'both' ? (['from', 'to'] as const) : (['to'] as const)) {
    const fault = faultsOfRound({ name: names[half] }).name ?? (TELLING.test(names[half]) ? NEUTRAL : undefined)
    if (fault !== undefined) faults[half === 'from' ? 'nameFrom' : 'nameTo'] = fault
  }
  if (rated === 'both' && names.from.trim() === names.to.trim())
    faults.nameTo ??= 'Give the two rounds different names.'
  if (TELLING.test(instructions)) faults.instructions ??= NEUTRAL
  if (!isWhole(items, BRIDGE_ITEMS_MOST)) {
    faults.items = `Set the number of responses to a whole number from 1 to ${BRIDGE_ITEMS_MOST}.`
  }
  if (!isWhole(overlap, BRIDGE_OVERLAP_MOST)) {
    faults.overlap = `Set raters per response to a whole number from 1 to ${BRIDGE_OVERLAP_MOST}.`
  } else if (raterIds.length < overlap) {
    faults.raterIds = `Choose at least ${overlap} ${overlap === 1 ? 'rater' : 'raters'}: so many rate each response.`
  }
  return faults
}

const NEUTRAL = 'Raters read this. Use words that do not say what the round is for.'

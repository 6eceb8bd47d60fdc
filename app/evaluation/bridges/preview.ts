import type { Scope } from '#app/auth/permissions.ts'
import type { Database } from '#db/store.server.ts'
import { bridgeInWords } from '../rubrics/changes-words.ts'
import { changesFromTo } from '../rubrics/versions.ts'
import { planBridge } from './plan.ts'
import type { BridgeValues } from './values.ts'

export type BridgePreview = {
  /** Responses it could be drawn from, and how many are drawn. */
  candidates: number
  items: number
  /** Under both versions where both are rated now, and the hours they take at the guess of time per item. */
  ratings: number
  hours: number
  raters: number
  /** What differs between the versions, and what a bridge is asked for on; empty where they are no two of the project. */
  change: string[]
  warnings: string[]
}

/** From so many raters on the shift can be told for any raters, not only for these. */
const ANY_RATERS_FROM = 8
/** Fewer pairs leave the interval of the shift wider than the margin it is held against, as a rule. */
const PAIRS_FROM = 40

/** What a bridge with these values would come to, and what to know before making it; values may still be wrong. */
export async function previewBridge(db: Database, scope: Scope, values: BridgeValues): Promise<BridgePreview> {
  const { candidates, leftOut } = await planBridge(db, scope, values)
  const found = await changesFromTo({ read: db }, scope, values.fromId, values.toId)
  const items = Math.min(candidates.length, Math.max(0, values.items || 0))
  const pairs = items * Math.max(1, values.overlap || 1)
  const ratings = values.rated === 'both' ? 2 * pairs : pairs
  return {
    candidates: candidates.length,
    items,
    ratings,
    hours: (ratings * Math.max(0, values.secondsPerItem || 0)) / 3600,
    raters: values.raterIds.length,
    change: found === null || values.fromId === values.toId ? [] : bridgeInWords(found.change),
    warnings: [
      ...candidateWarnings(values, candidates.length, leftOut),
      ...(items > 0 && pairs < PAIRS_FROM
        ? [`${pairs} pairs of ratings tell little: 40 responses with two raters each are a good beginning.`]
        : []),
      ...(values.rated === 'new' && items > 0
        ? [
            'Every rater met the older version first, and some time ago: what has changed in the raters since then is mixed into the shift.',
          ]
        : []),
      ...(values.raterIds.length > 0 && values.raterIds.length < ANY_RATERS_FROM
        ? [`With fewer than ${ANY_RATERS_FROM} raters the shift is known for these raters, not for any others.`]
        : []),
    ],
  }
}

function candidateWarnings({ items, overlap, rated }: BridgeValues, candidates: number, leftOut: number): string[] {
  const many = (n: number) => `${n.toLocaleString('en')} ${n === 1 ? 'response was' : 'responses were'}`
  const warnings: string[] = []
  if (leftOut > 0) {
    const why = rated === 'both' ? 'may rate it' : 'have rated it under the older version'
    warnings.push(`${many(leftOut)} left out: fewer than ${overlap} of the chosen raters ${why}.`)
  }
  if (candidates === 0)
    warnings.unshift('No response can be drawn. Choose an earlier day, other raters or fewer of them.')
  else if (candidates < items) warnings.push(`Only ${many(candidates)} found: all of them are taken.`)
  return warnings
}

/**
 * What happens in the demo's months, month by month: whose letters are rated, under which version, in which mix, and who reads
 * the rubric otherwise than before. The drift page is to find it out; docs/methods/simulation.md says it in words.
 */
import type { Category, Recipient } from './facts.ts'
import type { LetterDimension, LetterSystem } from './traits.ts'

/** Letters a month by category: to members, to clinics. */
type Mix = Record<Category, Record<Recipient, number>>

export type Month = { system: LetterSystem; version: 1 | 2; mix: Mix }

const mixOf = (
  full: [number, number],
  part: [number, number],
  refused: [number, number],
  papers: [number, number],
): Mix => ({
  'paid in full': { member: full[0], clinic: full[1] },
  'paid in part': { member: part[0], clinic: part[1] },
  refused: { member: refused[0], clinic: refused[1] },
  'papers missing': { member: papers[0], clinic: papers[1] },
})

const USUAL = mixOf([9, 5], [10, 5], [5, 2], [6, 3])

/** The oldest first; the last one is the last whole month before today. */
export const MONTHS: readonly Month[] = [
  { system: 'letters-3', version: 1, mix: USUAL },
  { system: 'letters-3', version: 1, mix: USUAL },
  { system: 'letters-3', version: 1, mix: USUAL },
  { system: 'letters-3', version: 2, mix: USUAL },
  { system: 'letters-4', version: 2, mix: mixOf([7, 4], [9, 5], [8, 4], [5, 3]) },
  { system: 'letters-4', version: 2, mix: mixOf([5, 3], [8, 4], [12, 6], [4, 3]) },
  { system: 'letters-4', version: 2, mix: mixOf([4, 3], [6, 4], [14, 8], [4, 2]) },
]

/** Version 2 is published before this month's round, and the bridge is rated in it. */
export const SECOND_VERSION = MONTHS.findIndex(({ version }) => version === 2)

export const STRICTER_RATER = 'kofi.lindqvist@alderbrook.example'
export const ANCHORS = 30
export const ANCHOR_SHARE = 0.4
export const BRIDGE = { items: 40, overlap: 2, leftOut: [STRICTER_RATER, 'silas.orchard@alderbrook.example'] }

const LATE = 5
/** Points by which a score falls. */
const VERSION_2 = 0.45
const ONE_RATER = 1
const PANEL = 0.45

export type When = { rater: string; dimension: LetterDimension; version: 1 | 2; month: number }

/** How many points lower than in the first month this rater scores, for every cause at work together. */
export function stricterBy({ rater, dimension, version, month }: When): number {
  switch (dimension) {
    case 'conciseness':
      return version === 2 ? VERSION_2 : 0
    case 'grounds':
      return rater === STRICTER_RATER && month >= LATE ? ONE_RATER : 0
    case 'plain-words':
      return month >= LATE ? PANEL : 0
    default:
      return 0
  }
}

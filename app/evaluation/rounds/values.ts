import { ANCHOR_SHARE_MOST } from '../anchors/share.ts'
import { Problem } from '../problem.ts'
import type { RoundValues } from './shown.ts'

export const OVERLAP_MOST = 50
const NAME_MOST = 120
const INSTRUCTIONS_MOST = 20_000
const SECONDS_MOST = 4 * 3600

type Checked = Pick<
  RoundValues,
  'name' | 'overlap' | 'instructions' | 'secondsPerItem' | 'startsAt' | 'endsAt' | 'anchorShare'
>

const isWhole = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most

/** What is wrong with a round's own values, by field; empty: nothing. */
export function faultsOfRound(values: Partial<Checked>): Record<string, string> {
  const { name, overlap, instructions, secondsPerItem, startsAt, endsAt, anchorShare } = values
  const faults: Record<string, string> = {}
  if (name !== undefined && name.trim() === '') faults.name = 'Give the round a name that its raters will know it by.'
  if (name !== undefined && name.length > NAME_MOST) faults.name = `Shorten the name to ${NAME_MOST} characters.`
  if (overlap !== undefined && !isWhole(overlap, OVERLAP_MOST)) {
    faults.overlap = `Set raters per item to a whole number from 1 to ${OVERLAP_MOST}.`
  }
  if (secondsPerItem !== undefined && !isWhole(secondsPerItem, SECONDS_MOST)) {
    faults.secondsPerItem = 'Set the time per item to between one second and four hours.'
  }
  if (instructions !== undefined && instructions.length > INSTRUCTIONS_MOST) {
    faults.instructions = `Shorten the instructions to ${INSTRUCTIONS_MOST} characters.`
  }
  if (startsAt != null && endsAt != null && endsAt <= startsAt) {
    faults.endsAt = 'The round would end before it starts. Choose a later end.'
  }
  if (anchorShare !== undefined && !(anchorShare >= 0 && anchorShare <= ANCHOR_SHARE_MOST)) {
    faults.anchorShare = `Set the anchors to between 0 and ${100 * ANCHOR_SHARE_MOST} % of the items.`
  }
  return faults
}

/** Why a round would be empty. */
export const nothingPasses = ({ referencesRated }: Pick<RoundValues, 'referencesRated'>): string =>
  referencesRated === 'only'
    ? 'No reference passes this filter that was not rated under this rubric version before. Widen it.'
    : 'No response passes this filter. Widen it, or import responses first.'

/** Throws `invalid` where there are faults. */
export function demandNoFaults(faults: Record<string, string>): void {
  const first = Object.values(faults)[0]
  if (first !== undefined) throw new Problem('invalid', first, { fields: faults })
}

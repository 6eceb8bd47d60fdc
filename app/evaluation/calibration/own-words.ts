/** What a rater's own figures mean, in sentences addressed to them. */
import { listed, percent, plural, within } from '../figure.ts'
import type { OwnDimension, OwnFigures } from './own-figures.ts'

/** "0.2": tenths with a true minus nowhere, since the words say the direction. */
const tenths = (points: number): string => Math.abs(points).toFixed(1)

/** The first sentence: how severe one is, and how sure that is. */
export function severityInWords({ severity, noSeverity }: OwnFigures): string {
  if (!severity) return `How severe you are cannot be said: ${noSeverity}.`
  const { value, low, high, clear } = severity
  if (!clear)
    return `You score no differently from the average rater on the same items, as far as these ratings can tell: between ${lean(low)} and ${lean(high)}.`
  if (value === 0)
    return `You score a little ${low < 0 ? 'lower' : 'higher'} than the average rater on the same items: less than 0.1 points.`
  return `You score ${tenths(value)} points ${value < 0 ? 'lower' : 'higher'} than the average rater on the same items (95 % interval: ${sure(low, value)} to ${sure(high, value)}).`
}

/** An end of an interval that leaves out 0, whatever it is rounded to. */
const sure = (end: number, value: number): string =>
  end === 0 ? `less than 0.1 ${value < 0 ? 'lower' : 'higher'}` : lean(end)

const lean = (points: number): string => (points === 0 ? '0' : `${tenths(points)} ${points < 0 ? 'lower' : 'higher'}`)

/** What severity means and does not mean. */
export function severityMeans({ severity }: OwnFigures): string {
  if (!severity?.clear) return 'Nothing to change. Scores are compared after severity is taken out.'
  return severity.value < 0
    ? 'Being stricter is not being wrong: the difference is taken out where scores are compared. If it surprises you, look again at the anchors of the levels you give least.'
    : 'Being more lenient is not being wrong: the difference is taken out where scores are compared. If it surprises you, look again at the anchors of the levels you give least.'
}

/** How often one agrees with the others' consensus. */
export function consensusInWords({ same, far, sameOfOthers }: OwnFigures): string {
  if (!same) return 'Too few of your items were scored by two others for a consensus to compare with.'
  const usual =
    sameOfOthers === null ? '' : ` The others do so, each with the consensus of the rest, in ${about(sameOfOthers)}.`
  const apart = far ? ` You are more than one level away from it in ${about(far.share)}.` : ''
  return `You agree with the consensus of the others in ${about(same.share)} of your scores (${percent(same.low)} to ${percent(same.high)}).${usual}${apart}`
}

/** A coarse share: its ends stand for all that lies beyond. */
export function about(share: number): string {
  if (share <= 0.05) return 'at most 5 %'
  if (share >= 0.95) return '95 % or more'
  return `about ${percent(share)}`
}

/** On which dimensions one differs from oneself; empty where none is clear. */
export function dimensionsInWords(dimensions: readonly OwnDimension[]): string {
  const said = dimensions.flatMap(({ name, beside }) =>
    beside === null || beside === 0
      ? []
      : [`on ${within(name)} ${tenths(beside)} points ${beside < 0 ? 'lower' : 'higher'}`],
  )
  return said.length === 0
    ? 'On no dimension do you score clearly lower or higher than over the rest of your scores.'
    : `Beside your general lean you score ${listed(said)} than over the rest of your scores. Read that dimension’s anchors once more: you may read them differently from the others.`
}

/** What it rests on. */
export const restsOn = ({ items, others }: OwnFigures): string =>
  `This rests on ${plural(items, 'item')} that you share with ${plural(others, 'other rater')}.`

export const erraticInWords = ({ erratic }: OwnFigures): string | null =>
  erratic
    ? 'Your scores are harder to predict from the others’ than usual: sometimes higher, sometimes lower. Take more time, or say “cannot judge” where you guess.'
    : null

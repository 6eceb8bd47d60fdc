/** What calibration says, in sentences. Never more than the intervals, the items and the raters bear out. */
import type { Separation } from '#app/stats/calibration/separation.ts'
import type { Estimated } from '#app/stats/estimate.ts'
import { madeWhere, type Phrase } from '../agreement/words.ts'
import { capital, hundredths, inWords, listed, plural, within } from '../figure.ts'
import type { CalibrationFigures, ContrastFigures, RaterFigures } from './figures.ts'
import { bySeverity, differs, fitReading, largestContrasts, spanOf } from './reading.ts'
import type { SuspicionFigures } from './suspicion.ts'

export type Finding = { headline: Phrase[]; more: string[] }

/** A rater's name by id. */
export type NameOf = (rater: string) => string

const MOST_NAMED = 3

/**
 * The page's first sentences: the largest thing found, then the next, then what all of it rests on.
 *
 * @param suspicion what the tests for careless raters and copying pairs say, where they are done
 */
export function findingOf(
  figures: CalibrationFigures,
  nameOf: NameOf,
  suspicion: SuspicionFigures | null = null,
): Finding {
  const { overall, raterList } = figures
  const rest = restsOn(figures)
  const [alone] = raterList
  if (alone && raterList.length === 1)
    return {
      headline: [{ text: `No severity can be measured: ${nameOf(alone.id)} is the only rater.` }],
      more: ['Have several raters score the same items.', rest],
    }
  if (!overall.estimable)
    return {
      headline: [{ text: 'Severity cannot be measured.', strong: true }],
      more: [`${capital(overall.reason)}.`, rest],
    }
  const found = [severityIn(figures, nameOf), contrastIn(figures, nameOf)]
    .flatMap((one) => one ?? [])
    .sort((a, b) => b.points - a.points)
  const [first, ...others] = found
  return {
    headline: first ? [{ text: first.text, strong: true }] : [{ text: nobodyStandsOut(figures, nameOf) }],
    more: [
      ...others.map(({ text }) => text),
      ...fitIn(figures, nameOf),
      ...groundsIn(suspicion, nameOf),
      ...(figures.components > 1 ? [unconnectedIn(figures)] : []),
      rest,
    ],
  }
}

/** Points as a person says them: "0.17 points lower". */
export const pointsLower = (points: number): string =>
  `${hundredths(Math.abs(points))} points ${points < 0 ? 'lower' : 'higher'}`

type Found = { text: string; points: number }

function severityIn({ raterList, components }: CalibrationFigures, nameOf: NameOf): Found | null {
  const apart = raterList.flatMap((rater) => {
    const { severity } = rater
    return severity.estimable && differs(spanOf(severity, 'points')) ? [{ id: rater.id, points: severity.points }] : []
  })
  const severe = apart.filter(({ points }) => points < 0).sort((a, b) => a.points - b.points)[0]
  const lenient = apart.filter(({ points }) => points > 0).sort((a, b) => b.points - a.points)[0]
  const [first, second] = [severe, lenient]
    .flatMap((one) => one ?? [])
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points))
  if (!first) return null
  const beside = second ? `, ${nameOf(second.id)} ${pointsLower(second.points)}` : ''
  const average = components > 1 ? 'the average rater of their group' : 'the average rater'
  return {
    text: `${nameOf(first.id)} scores ${pointsLower(first.points)} than ${average} on the same items${beside}.`,
    points: Math.abs(first.points),
  }
}

/** The dimension on which raters differ most from themselves elsewhere, with those who lean the same way there. */
function contrastIn(figures: CalibrationFigures, nameOf: NameOf): Found | null {
  const clear = largestContrasts(figures).filter((one) => one.clear)
  const [largest] = clear
  if (!largest) return null
  const alike = clear.filter(
    ({ dimension, points }) => dimension === largest.dimension && points < 0 === largest.points < 0,
  )
  const named = alike.slice(0, MOST_NAMED)
  const left = alike.length - named.length
  const who = listed([...named.map(({ rater }) => nameOf(rater)), ...(left > 0 ? [`${inWords(left)} others`] : [])])
  return { text: contrastText(figures, who, alike), points: Math.abs(largest.points) }
}

function contrastText({ dimensions }: CalibrationFigures, who: string, alike: readonly ContrastFigures[]): string {
  const on = within(dimensions[alike[0]?.dimension ?? 0]?.name ?? '')
  const sizes = alike.map(({ points }) => Math.abs(points))
  const [least, most] = [hundredths(Math.min(...sizes)), hundredths(Math.max(...sizes))]
  const size = least === most ? most : `${least} to ${most}`
  const way = (alike[0]?.points ?? 0) < 0 ? 'lower' : 'higher'
  const verb = alike.length === 1 ? 'scores' : 'score'
  return `On ${on}, ${who} ${verb} ${size} points ${way} than the rest of their scores would have it.`
}

function nobodyStandsOut({ raterList, components }: CalibrationFigures, nameOf: NameOf): string {
  const measured = raterList.filter(({ severity }) => severity.estimable).length
  if (measured === 0) return nobodyMeasured(raterList, nameOf)
  const average = components > 1 ? 'the average rater of their group' : 'the average rater'
  return measured === 1
    ? `The one rater who can be measured does not differ measurably from ${average}.`
    : `None of the ${inWords(measured)} raters differs measurably from ${average}.`
}

function nobodyMeasured(raters: readonly RaterFigures[], nameOf: NameOf): string {
  const [first] = raters
  if (!first || first.severity.estimable) return 'No severity can be measured.'
  return `No severity can be measured: ${nameOf(first.id)} ${first.severity.reason}. Have several raters score the same items.`
}

/** Where somebody gives grounds to look; the section below says which, and that it is no verdict. */
function groundsIn(suspicion: SuspicionFigures | null, nameOf: NameOf): string[] {
  const careless = suspicion?.raters.filter(({ isCareless }) => isCareless) ?? []
  const pairs = suspicion?.pairs.filter(({ isSuspect }) => isSuspect) ?? []
  const who = listed([
    ...careless.slice(0, MOST_NAMED).map(({ rater }) => nameOf(rater)),
    ...pairs.slice(0, MOST_NAMED).map(({ first, second }) => `the pair ${nameOf(first)} and ${nameOf(second)}`),
  ])
  if (who === '') return []
  return [
    `There are grounds to look at how ${who} rate${careless.length === 1 && pairs.length === 0 ? 's' : ''} (see below).`,
  ]
}

function fitIn({ raterList }: CalibrationFigures, nameOf: NameOf): string[] {
  const erratic = raterList.filter((rater) => fitReading(rater) === 'erratic')
  if (erratic.length === 0) return []
  const named = erratic.slice(0, MOST_NAMED).map(({ id }) => nameOf(id))
  const left = erratic.length - named.length
  // a name stays as it is spelled, at the beginning of a sentence too
  const who = listed([...named, ...(left > 0 ? [`${inWords(left)} ${left === 1 ? 'other' : 'others'}`] : [])])
  return [`${who} ${erratic.length === 1 ? 'is' : 'are'} harder to predict than the other raters’ scores allow.`]
}

/** That raters fall into groups, and what it means. */
export function unconnectedIn({ components }: Pick<CalibrationFigures, 'components'>): string {
  return `The raters fall into ${inWords(components)} groups that share no item: severities can be compared within a group only.`
}

/** Separation and reliability in words: for raters a high reliability means that they differ. */
export function separationInWords(separation: Estimated<Separation>): string {
  if (!separation.estimable) return `How far the raters differ beyond chance cannot be said: ${separation.reason}.`
  const { reliability, strata, p } = separation
  const figures = `separation ${hundredths(separation.separation)}, reliability ${hundredths(reliability)}`
  if (p > 0.05)
    return `The raters do not differ in severity by more than chance would make them (${figures}, p ${hundredths(p)}): whose scores an item has hardly matters.`
  const groups = Math.max(1, Math.round(strata))
  const apart =
    groups === 1
      ? 'though not so far that groups could be told apart'
      : `so far that about ${inWords(groups)} groups can be told apart`
  const chance = p < 0.001 ? 'p below 0.001' : `p ${p.toFixed(3)}`
  return `The raters differ in severity by more than chance, ${apart} (${figures}, ${chance}). For raters a high reliability is bad news: it matters who rates.`
}

/** What everything rests on. */
function restsOn({ items, raters, ratings, sources }: CalibrationFigures): string {
  const spoken = `This rests on ${plural(ratings, 'rating')} of ${plural(items, 'item')} by ${plural(raters, 'rater')}.`
  return [spoken, ...madeWhere({ ratings, sources })].join(' ')
}

/** What the severity plot shows, for those who cannot see it. */
export function severitiesInWords(raters: readonly RaterFigures[], nameOf: NameOf): string {
  const parts = bySeverity(raters).map(({ id, severity }) => {
    if (!severity.estimable) return `${nameOf(id)}: not estimable, ${severity.reason}.`
    const { value, low, high } = spanOf(severity, 'points')
    return `${nameOf(id)} ${hundredths(value)}, interval ${hundredths(low)} to ${hundredths(high)}.`
  })
  return `Points from the average rater, below 0 severe. ${parts.join(' ')} The same figures are in the table beneath.`
}

/** What the figures of agreement say, in sentences. Never more than the interval, the items and the raters bear out. */
import { RELIABLE_FROM, roundUp, TENTATIVE_FROM } from '#app/stats/agreement/reading.ts'
import { capital, hundredths, inWords, listed, plural, whole, within } from '../figure.ts'
import type { Basis } from './basis.ts'
import type { AgreementFigures, DimensionFigures } from './figures.ts'
import type { RaterGroups } from './rater-groups.ts'

/** A stretch of a sentence; `strong` is what must not be read over. */
export type Phrase = { text: string; strong?: true }

export type Finding = { headline: Phrase[]; more: string[] }

type Named = Pick<DimensionFigures, 'dimension' | 'alpha' | 'reading'>

/**
 * The page's first sentences.
 *
 * @param split the dimension that was looked into, with the groups of raters found there
 */
export function findingOf(
  figures: AgreementFigures,
  split: { dimensionId: string; groups: RaterGroups | null } | null,
): Finding {
  const { dimensions } = figures
  const torn = split?.groups ? dimensions.find(({ dimension }) => dimension.id === split.dimensionId) : undefined
  const apart = torn && torn.reading.band !== 'reliable' ? { of: torn, groups: split?.groups as RaterGroups } : null
  return {
    headline: headlineOf(dimensions, apart),
    more: [
      ...(apart ? [groupsIn(apart.groups)] : []),
      ...eitherWay(dimensions),
      restsOn(figures),
      ...roughIn(dimensions),
      ...(dimensions.some(({ pairableItems }) => pairableItems > 0) ? [] : [SECOND_RATER]),
    ],
  }
}

const SECOND_RATER =
  'Agreement takes a second rating of the same items: make a round in which each is rated by two people or more.'

type Apart = { of: Named; groups: RaterGroups } | null

function headlineOf(dimensions: readonly Named[], apart: Apart): Phrase[] {
  const band = (wanted: string) => dimensions.filter(({ reading }) => reading.band === wanted)
  const reliable = band('reliable')
  const tentative = band('tentative')
  const not = band('not reliable')
  const open = band('undecided')
  const all = dimensions.length
  if (all > 1 && open.length === all) return [{ text: `${noneOf(all)} can be read yet${whyNone(open)}.` }]
  if (all > 1 && reliable.length === all) return [{ text: `${allOf(all)} are reliable.` }]
  if (all > 1 && tentative.length === all) return [{ text: `${allOf(all)} bear only tentative conclusions.` }]

  const alone = apart !== null && not.length === 1 && not[0]?.dimension.id === apart.of.dimension.id
  const sentences: Phrase[][] = []
  if (reliable.length > 0) sentences.push([{ text: countOf(reliable, all) }])
  if (not.length > 0) {
    const verdict: Phrase = { text: verdictOn(not, all, reliable.length > 0), strong: true }
    const why = alone ? `: ${waysOf(apart.groups, 'its')}` : not.length === all && all > 1 ? rangeOf(not) : ''
    sentences.push([verdict, { text: `${why}.` }])
  }
  if (tentative.length > 0)
    sentences.push([{ text: `${capital(namesOf(tentative))} ${bear(tentative)} only tentative conclusions.` }])
  if (apart && !alone)
    sentences.push([{ text: `On ${within(apart.of.dimension.name)}, ${waysOf(apart.groups, 'the')}.` }])
  for (const { why, some } of byReason(open))
    sentences.push([{ text: `${capital(namesOf(some))} cannot be read yet: ${why}.` }])
  return sentences.flatMap((phrases, i) => (i === 0 ? phrases : [{ text: ' ' }, ...phrases]))
}

function rangeOf(some: readonly Named[]): string {
  const known = some.flatMap(({ alpha }) => (alpha.estimable ? [alpha.estimate] : []))
  const [lowest, highest] = [hundredths(Math.min(...known)), hundredths(Math.max(...known))]
  return lowest === highest ? `: alpha is ${lowest}` : `: alpha runs from ${lowest} to ${highest}`
}

const noneOf = (all: number) => (all === 2 ? 'Neither dimension' : `None of the ${inWords(all)} dimensions`)
const allOf = (all: number) => (all === 2 ? 'Both dimensions' : `All ${inWords(all)} dimensions`)
const bear = (some: readonly Named[]) => (some.length === 1 ? 'bears' : 'bear')

function countOf(reliable: readonly Named[], all: number): string {
  if (all === 1) return `${nameOf(reliable[0])} is reliable.`
  return `${capital(inWords(reliable.length))} of the ${inWords(all)} dimensions ${reliable.length === 1 ? 'is' : 'are'} reliable.`
}

function verdictOn(not: readonly Named[], all: number, afterReliable: boolean): string {
  if (not.length === all && all > 1) return `${noneOf(all)} is reliable`
  return `${capital(namesOf(not))} ${not.length === 1 ? 'is' : 'are'} not${afterReliable ? '' : ' reliable'}`
}

const nameOf = (one: Named | undefined) => one?.dimension.name ?? ''
const namesOf = (some: readonly Named[]) => listed(some.map(({ dimension }) => within(dimension.name)))

/** Dimensions without a reading by why they have none. */
function byReason(open: readonly Named[]): { why: string; some: Named[] }[] {
  const found = new Map<string, Named[]>()
  for (const one of open) found.set(whyOpen(one), [...(found.get(whyOpen(one)) ?? []), one])
  return [...found].map(([why, some]) => ({ why, some }))
}

function whyOpen({ alpha }: Named): string {
  if (!alpha.estimable) return alpha.reason
  return alpha.interval.estimable ? '' : alpha.interval.reason
}

/** Why none can be read: once where they share it, else each for itself. */
function whyNone(open: readonly Named[]): string {
  const reasons = byReason(open)
  if (reasons.length === 1) return `: ${reasons[0]?.why}`
  return `. ${capital(reasons.map(({ why, some }) => `on ${namesOf(some)}, ${why}`).join('; '))}`
}

function waysOf({ raters: [larger, smaller], levels }: RaterGroups, whose: string): string {
  const who = `${inWords(larger.length)} raters and ${inWords(smaller.length)} raters`
  return levels
    ? `${who} read ${whose} levels ${levels.low} and ${levels.high} in two different ways`
    : `${who} read ${whose} levels in two different ways`
}

function groupsIn({ within: [one, two], across }: RaterGroups): string {
  return `Within each group alpha is ${hundredths(one)} and ${hundredths(two)}; across the groups it is ${hundredths(across)}. Look at the anchor texts before the raters.`
}

/** Beyond this many times the items there are, "rate more" is no advice. */
const MOST_TIMES = 5

function eitherWay(dimensions: readonly Named[]): string[] {
  const open = dimensions.flatMap(({ dimension, alpha, reading }) => {
    const needed = reading.next?.items
    if (!alpha.estimable || !needed || needed > MOST_TIMES * alpha.items) return []
    return [{ name: within(dimension.name), items: alpha.items, needed: whole(roundUp(needed)) }]
  })
  const [first] = open
  if (!first) return []
  const on = open.every(({ items }) => items === first.items) ? ` on ${plural(first.items, 'item')}` : ''
  return [
    `${capital(listed(open.map(({ name }) => name)))} could go either way${on}; at the same alpha about ${listed(open.map(({ needed }) => needed))} would settle ${open.length === 1 ? 'it' : 'them'}.`,
  ]
}

function restsOn(basis: Basis): string {
  const spoken = `The figures speak of ${basis.raters === 1 ? 'this one rater' : `these ${inWords(basis.raters)} raters`}, not of all who could rate.`
  return [spoken, ...madeWhere(basis)].join(' ')
}

/** Where the ratings come from, unless all were made in the app by people. */
export function madeWhere({ ratings, sources }: Pick<Basis, 'ratings' | 'sources'>): string[] {
  const { simulated, import: imported } = sources
  const said: string[] = []
  if (simulated === ratings)
    said.push(`All ${whole(ratings)} ratings are simulated: they show how the page works, not how anyone rates.`)
  else if (simulated > 0) said.push(`${whole(simulated)} of the ${whole(ratings)} ratings are simulated.`)
  if (imported === ratings) said.push(`All ${whole(ratings)} ratings were imported.`)
  else if (imported > 0) said.push(`${whole(imported)} of the ${whole(ratings)} ratings were imported.`)
  return said
}

const FEW_ITEMS = 20

function roughIn(dimensions: readonly Named[]): string[] {
  const rough = dimensions.filter(({ alpha }) => alpha.estimable && alpha.interval.estimable && alpha.interval.rough)
  const few = rough.some(({ alpha }) => alpha.estimable && alpha.items < FEW_ITEMS)
  const oneOrTwo = rough.filter(({ alpha }) => alpha.estimable && alpha.items >= FEW_ITEMS)
  return [
    ...(few ? [`Intervals from fewer than ${FEW_ITEMS} items are rough.`] : []),
    ...(oneOrTwo.length > 0
      ? [`The interval on ${namesOf(oneOrTwo)} is rough: all but one or two of its items agree.`]
      : []),
  ]
}

/** The lower end of alpha's interval: a third place, cut, where two would not show on which side of a bound it lies. */
export function lowerEnd(low: number): string {
  const hidden = [TENTATIVE_FROM, RELIABLE_FROM].some(
    (bound) => Number(low.toFixed(2)) >= Number(bound.toFixed(2)) - 1e-9 && Math.abs(low - bound) < 0.005,
  )
  return hidden && low !== RELIABLE_FROM ? (Math.floor(low * 1000 + 1e-9) / 1000).toFixed(3) : hundredths(low)
}

/** What the forest plot shows, for those who cannot see it. */
export function forestInWords(dimensions: readonly Named[]): string {
  const parts = dimensions.map(({ dimension, alpha, reading }) => {
    if (!alpha.estimable) return `${dimension.name}: not estimable, ${alpha.reason}.`
    const { interval } = alpha
    const span = interval.estimable ? `, interval ${lowerEnd(interval.low)} to ${hundredths(interval.high)}` : ''
    return `${dimension.name} ${hundredths(alpha.estimate)}${span}: ${reading.band}.`
  })
  return `${parts.join(' ')} The same figures are in the table beneath.`
}

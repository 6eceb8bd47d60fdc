/** What was found of drift, in sentences. Never more than the intervals bear out. */
import type { Finding } from '../agreement/words.ts'
import { capital, inWords, listed, percent, plural, whole, within } from '../figure.ts'
import { alarmsIn, alarmsOn, type DriftAlarm } from './alarms.ts'
import { bridgeCautions, bridgeHeadline } from './bridge-words.ts'
import { causeNoun, partNames, segmentName, whyTogether } from './causes.ts'
import { type DriftNames, raterNames, splitContext } from './context.ts'
import type { DimensionFindings, DriftFindings } from './findings.ts'
import { sized, spokenPeriod } from './spelling.ts'
import { splitInWords } from './split-words.ts'

/** A mix that changes this unlikely by chance is said to have changed. */
const MIX_LEVEL = 0.01

/** The page's first sentences, on one dimension. */
export function driftFinding(findings: DriftFindings, dimension: DimensionFindings, names: DriftNames): Finding {
  const alarms = alarmsOn(dimension, findings).map((alarm) => alarmInWords(alarm, findings, names))
  const others = othersInWords(findings, dimension)
  const { change } = dimension.drift
  if (change.estimable) {
    const context = splitContext(findings, dimension, change, names)
    const { headline, more } = splitInWords(change, context, alarms)
    const merged = change.parts.filter(({ causes }) => causes.length > 1)
    const asOne = merged.map((part) => {
      const causes = listed(part.causes.map((cause) => causeNoun(cause, context)))
      const why = whyTogether(part, partNames(findings, dimension, raterNames(findings, names)))
      return `${capital(causes)} cannot be told apart: ${why.join('; ')}.`
    })
    return {
      headline,
      more: [
        ...more,
        ...bridgesAside(dimension),
        ...asOne,
        ...mixInWords(findings, dimension),
        ...others,
        ...made(findings),
      ],
    }
  }
  const step = dimension.drift.steps.find(({ bridge }) => bridge.estimable)
  if (step?.bridge.estimable) {
    const context = bridgeContext(dimension, step)
    const why = `What else moved the mean cannot be said: ${whyNoSplit(findings, change.reason)}.`
    return {
      headline: bridgeHeadline(step.bridge, context),
      more: [...bridgeCautions(step.bridge, context), ...alarms, why, ...others, ...made(findings)],
    }
  }
  const [first, ...rest] = alarms
  if (first !== undefined)
    return { headline: [{ text: first, strong: true }], more: [...rest, ...others, ...made(findings)] }
  return {
    headline: [
      {
        text: `Nothing can be said of drift on ${within(dimension.name)} yet: ${whyNoSplit(findings, change.reason)}.`,
      },
    ],
    more: [...others, ...made(findings)],
  }
}

export const bridgeContext = (
  { name, versions, daysApart, drift }: DimensionFindings,
  { from, to }: { from: number; to: number },
) => ({
  dimension: name,
  from: versions[from]?.number ?? 0,
  to: versions[to]?.number ?? 0,
  daysApart: daysApart[drift.steps.findIndex((step) => step.from === from && step.to === to)] ?? null,
})

function whyNoSplit({ compared, periods, periodKind }: DriftFindings, reason: string): string {
  if (compared !== null) return reason
  const unit = periodKind === 'round' ? 'round' : periodKind
  return periods.length === 1
    ? `all ratings lie in one ${unit}, so nothing can have changed yet`
    : `only one ${unit} has live items, and a change takes two`
}

/** "Since September 2026 the panel reads groundedness more strictly, by 0.28 points (0.20 to 0.36)." */
export function alarmInWords(
  { dimension, rater, raised, since, size, low, high, version }: DriftAlarm,
  { periods, periodKind, dimensions }: DriftFindings,
  names: DriftNames,
): string {
  const spoken = (number: number) => {
    const period = periods[number]
    return period ? spokenPeriod(period, periodKind) : ''
  }
  const who = rater === null ? 'the panel reads' : `${names.raters[rater]?.name ?? 'a rater'} reads`
  const manner = size < 0 ? 'more strictly' : 'more leniently'
  const beyond = rater === null ? '' : ' than before, beyond what the panel did'
  const many = (dimensions.find(({ key }) => key === dimension.key)?.versions.length ?? 1) > 1
  const under = many ? ` under version ${version}` : ''
  const when = since === null ? `In ${spoken(raised)}` : `Since ${spoken(since.first)}`
  return `${when} ${who} ${within(dimension.name)}${under} ${manner}${beyond}, by ${sized(size, low, high, ' points')}.`
}

/** Alarms on other dimensions than the one looked at. */
function othersInWords(findings: DriftFindings, { key }: DimensionFindings): string[] {
  const elsewhere = alarmsIn(findings).filter(({ dimension }) => dimension.key !== key)
  const names = [...new Set(elsewhere.map(({ dimension }) => within(dimension.name)))]
  return names.length === 0
    ? []
    : [`There ${names.length === 1 ? 'is an alarm' : 'are alarms'} on ${listed(names)} too.`]
}

/** What is to be known of the bridges that the split rests on. */
const bridgesAside = (dimension: DimensionFindings): string[] =>
  dimension.drift.steps.flatMap((step) => {
    if (!step.bridge.estimable) return []
    const [caution] = bridgeCautions(step.bridge, bridgeContext(dimension, step)).filter((text) =>
      text.includes('days apart'),
    )
    return caution === undefined ? [] : [caution]
  })

/** The segment whose share changed most, where the mix did. */
function mixInWords({ segments, compared, periods, periodKind }: DriftFindings, { mix }: DimensionFindings): string[] {
  const after = periods[compared?.after ?? -1]
  if (!mix.estimable || mix.p > MIX_LEVEL || after === undefined) return []
  const share = (counts: readonly number[], s: number) =>
    (counts[s] ?? 0) / counts.reduce((sum, count) => sum + count, 0)
  const [most] = segments
    .map((segment, s) => ({ segment, was: share(mix.before, s), is: share(mix.after, s) }))
    .sort((a, b) => Math.abs(b.is - b.was) - Math.abs(a.is - a.was))
  if (most === undefined) return []
  return [
    `The mix of cases in ${spokenPeriod(after, periodKind)} is another one: ${segmentName(most.segment)} went from ${percent(most.was)} to ${percent(most.is)} of the answers. That is no drift.`,
  ]
}

/** Where the ratings come from, unless all were made in the app by people. */
function made({ basis: { ratings, sources } }: DriftFindings): string[] {
  if (sources.simulated === ratings)
    return [`All ${whole(ratings)} ratings are simulated: they show how the page works, not how anyone rates.`]
  if (sources.simulated > 0) return [`${whole(sources.simulated)} of the ${whole(ratings)} ratings are simulated.`]
  return []
}

/** What all figures on the page rest on, in one line. */
export function restsOn({ basis, raters, periods, periodKind }: DriftFindings): string {
  const { ratings, anchor, bridge, aside } = basis
  return [
    plural(ratings, 'rating'),
    `${whole(anchor)} of anchors`,
    bridge > 0 ? `${whole(bridge)} of bridges` : '',
    aside > 0 ? `${whole(aside)} set aside` : '',
    plural(raters.length, 'rater'),
    `${inWords(periods.length)} ${periodKind}${periods.length === 1 ? '' : 's'}`,
  ]
    .filter(Boolean)
    .join(' · ')
}

import type { Bridge } from '#app/stats/drift/bridge/bridge.ts'
import type { Phrase } from '../agreement/words.ts'
import { hundredths, plural, whole, within } from '../figure.ts'
import { between, signedPoints, sized } from './spelling.ts'

export type BridgeContext = { dimension: string; from: number; to: number; daysApart: number | null }

/** A time between both ratings in which a rater may well have changed. */
const LONG_DAYS = 14

/** What the new version does to the scores of the same answers, as a headline. */
export function bridgeHeadline(bridge: Bridge, { dimension, from, to }: BridgeContext): Phrase[] {
  const { estimate, interval } = bridge.shift
  const name = within(dimension)
  const same = `the same ${plural(bridge.items, 'answer')}, by the same ${plural(bridge.raters, 'rater')}`
  if (!interval.estimable)
    return [
      {
        text: `Version ${to} of the rubric moves ${name} by ${signedPoints(estimate)} on ${same}: ${interval.reason}.`,
      },
    ]
  const { low, high } = interval
  if (low > 0 || high < 0)
    return [
      {
        text: `Version ${to} of the rubric ${estimate < 0 ? 'lowers' : 'raises'} ${name} by ${sized(estimate, low, high)}`,
        strong: true,
      },
      { text: ` on ${same}: it is the version, not the raters.` },
    ]
  if (bridge.equivalence.estimable && bridge.equivalence.equivalent)
    return [
      { text: `Version ${to} of the rubric scores ${name} as version ${from} does`, strong: true },
      { text: `, to within ${hundredths(bridge.equivalence.margin)} points, on ${same}.` },
    ]
  return [
    { text: `Whether version ${to} of the rubric moves ${name} cannot be said yet`, strong: true },
    { text: `: by ${signedPoints(estimate)} (${between(low, high)}) on ${same}.` },
  ]
}

/** What is to be known before the shift is read. */
export function bridgeCautions(bridge: Bridge, { from, to, daysApart }: BridgeContext): string[] {
  const cautions: string[] = []
  if (daysApart !== null && daysApart > LONG_DAYS)
    cautions.push(
      `The ratings under version ${from} and ${to} lie ${whole(Math.round(daysApart))} days apart (median): what these raters changed meanwhile counts as the version’s. Have answers rated under both versions at one time.`,
    )
  if ('estimable' in bridge.anyRaters)
    cautions.push('With fewer than 8 raters the interval speaks of these raters only.')
  return cautions
}

/** Whether both versions may be read as one series. */
export function equivalenceInWords(bridge: Bridge, { from, to }: BridgeContext): string {
  const { equivalence } = bridge
  if (!equivalence.estimable) return `Whether both versions may be read as one cannot be tested: ${equivalence.reason}.`
  const margin = hundredths(equivalence.margin)
  return equivalence.equivalent
    ? `Versions ${from} and ${to} are equivalent to within ${margin} points: their scores may be read as one series.`
    : `Versions ${from} and ${to} are not shown to be equivalent to within ${margin} points: keep their series apart, or link them by the table beneath.`
}

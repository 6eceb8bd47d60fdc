import type { Estimated } from '../estimate.ts'

/** Bands of Krippendorff (2004, Content Analysis, p. 241); `undecided` where there is no interval to decide by. */
export type Band = DecidedBand | 'undecided'
type DecidedBand = 'reliable' | 'tentative' | 'not reliable'

export const RELIABLE_FROM = 0.8
export const TENTATIVE_FROM = 0.667

/** Keeps binary fractions from adding an item. */
const ROUNDING = 1e-9

/** What an alpha means. The band is decided by the lower end of its interval, not by the estimate. */
export interface Reading {
  readonly band: Band
  /** The finding and what decided it, in one or two sentences. */
  readonly sentence: string
  /** What it would take to reach the next band up; null in the highest band and where there is nothing to read. */
  readonly next: NextBand | null
}

/** Items needed for the lower end to clear the next band at the same alpha, or null where more items cannot do it. */
export interface NextBand {
  readonly band: Band
  readonly items: number | null
  readonly sentence: string
}

/**
 * Reads an alpha with its interval. The items needed suppose that the lower arm of the interval shrinks with the square root
 * of the number of items; when the estimate itself lies below the band, more items of the same kind are no help.
 */
export function readingOf(alpha: Estimated): Reading {
  if (!alpha.estimable)
    return { band: 'undecided', sentence: `Alpha cannot be estimated: ${alpha.reason}.`, next: null }
  const { estimate, interval, items } = alpha
  if (!interval.estimable)
    return {
      band: 'undecided',
      sentence: `Alpha is ${figure(estimate)}, but without an interval it decides nothing: ${interval.reason}.`,
      next: null,
    }
  const band = bandOf(interval.low)
  return {
    band,
    sentence: sentenceOf(band, estimate, interval.low),
    next: nextBand(band, estimate, interval.low, items),
  }
}

function bandOf(low: number): DecidedBand {
  if (low >= RELIABLE_FROM) return 'reliable'
  return low >= TENTATIVE_FROM ? 'tentative' : 'not reliable'
}

const MEANING: Record<DecidedBand, string> = {
  reliable: 'these scores can be relied on',
  tentative: 'these scores bear only tentative conclusions',
  'not reliable': 'these scores are not reliable enough to draw conclusions from',
}

function sentenceOf(band: DecidedBand, estimate: number, low: number): string {
  const bound = band === 'reliable' ? RELIABLE_FROM : TENTATIVE_FROM
  const side = band === 'not reliable' ? `is below ${figure(bound)}` : `is at least ${figure(bound)}`
  // cut, not rounded: .6669 must not read ".667, is below .667"
  return `Alpha is ${figure(estimate)}; its interval's lower end, ${figure(Math.floor(low * 1000) / 1000)}, ${side}: ${MEANING[band]}.`
}

function nextBand(band: DecidedBand, estimate: number, low: number, items: number): NextBand | null {
  if (band === 'reliable') return null
  const [next, bound]: [DecidedBand, number] =
    band === 'tentative' ? ['reliable', RELIABLE_FROM] : ['tentative', TENTATIVE_FROM]
  if (estimate <= bound)
    return {
      band: next,
      items: null,
      sentence: `Out of reach by rating more: alpha itself is not above ${figure(bound)}. Sharpen the rubric or train the raters.`,
    }
  const needed = Math.max(items + 1, Math.ceil(items * ((estimate - low) / (estimate - bound)) ** 2 - ROUNDING))
  return {
    band: next,
    items: needed,
    sentence: `At this alpha about ${roundUp(needed).toLocaleString('en')} items would bring the lower end to ${figure(bound)} ("${next}").`,
  }
}

/** Two digits of a forecast are more than it is worth already. */
export function roundUp(items: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(items)) - 1)
  return Math.ceil(items / step) * step
}

/** Three decimals without the leading zero, as the bounds are written (.667, .80). */
function figure(value: number): string {
  const text = value.toFixed(value === RELIABLE_FROM ? 2 : 3).replace(/^-(?=[0.]*$)/, '')
  return text.replace(/^(-?)0\./, '$1.')
}

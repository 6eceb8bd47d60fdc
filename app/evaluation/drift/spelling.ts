import { hundredths } from '../figure.ts'
import type { PeriodKind } from './filter.ts'
import type { Period } from './periods.ts'

/** "+0.12", "−0.25", "0.00". */
export const signedPoints = (value: number): string => {
  const text = hundredths(value)
  return text.startsWith('−') || Number(text) === 0 ? text : `+${text}`
}

/** The size of a change and its interval in the direction it went: "0.25 (0.15 to 0.35)", "0.25 points (0.15 to 0.35)". */
export function sized(value: number, low: number, high: number, unit = ''): string {
  const turned = value < 0 ? [-value, -high, -low] : [value, low, high]
  const [size, from, to] = turned.map(hundredths)
  return `${size}${unit} (${from} to ${to})`
}

/** An interval as it is: "−0.35 to −0.15". */
export const between = (low: number, high: number): string => `${signedPoints(low)} to ${signedPoints(high)}`

/** A period within a sentence: "October 2026", "the round “November”". */
export const spokenPeriod = ({ label }: Period, kind: PeriodKind): string =>
  kind === 'round' ? `the round “${label}”` : label

/** "3.12". */
export const level = (mean: number): string => mean.toFixed(2)

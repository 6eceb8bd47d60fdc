import type { Measure } from '#app/evaluation/closeness/pairs.ts'

export const MEASURES: readonly Measure[] = ['chrf', 'token-f1', 'embedding']

/** The measure that an address or a form names. */
export const measureIn = (named: string | null): Measure => MEASURES.find((one) => one === named) ?? 'chrf'

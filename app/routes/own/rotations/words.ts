import type { MoveCounts } from '#app/evaluation/rotation/list.ts'

export const n = (count: number): string => count.toLocaleString('en')
export const cases = (count: number): string => (count === 1 ? '1 case' : `${n(count)} cases`)
export const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

/** "4 graduated, 2 retired, 4 entered". */
export const movesInWords = ({ graduated, retired, entered }: MoveCounts): string =>
  `${n(graduated)} graduated, ${n(retired)} retired, ${n(entered)} entered the holdout`

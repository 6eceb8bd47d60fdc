/** Numbers as people enter them; what is none becomes NaN, which no bounds let through. */

export const wholeNumberIn = (text: string): number => (/^\d{1,10}$/.test(text.trim()) ? Number(text) : Number.NaN)

/** A share, 0 to 1, of what was entered in per cent: "15", "12.5 %" or "12,5". */
export function shareIn(text: string): number {
  const number = text.replace('%', '').trim().replace(',', '.')
  return /^\d{1,3}(\.\d+)?$/.test(number) ? Number(number) / 100 : Number.NaN
}

/** A share as it is entered, in per cent without the sign. */
export const percentOf = (share: number): string => String(Math.round(share * 10_000) / 100)

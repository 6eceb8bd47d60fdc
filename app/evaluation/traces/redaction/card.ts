import type { Found, Step } from './step.ts'

const RUN = /(?<!\d)(?<!\d[ -])\d(?:[ -]?\d){12,18}(?![ -]?\d)/g

/** Numbers of payment cards: 13 to 19 digits, in groups or not, whose check digit is right (Luhn, ISO/IEC 7812-1). */
export const card: Step = {
  kind: 'card',
  find: (text) =>
    [...text.matchAll(RUN)]
      .filter(([run]) => passesLuhn(run.replaceAll(/\D/g, '')))
      .map((match): Found => ({ start: match.index, end: match.index + match[0].length })),
}

/** Whether the last digit is the check digit of those before it. All zeros pass by arithmetic, and are no card. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const twice = i % 2 === 1 ? 2 * digit : digit
    sum += twice > 9 ? twice - 9 : twice
  }
  return sum > 0 && sum % 10 === 0
}

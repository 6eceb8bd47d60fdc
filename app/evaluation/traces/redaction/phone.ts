import type { Found, Step } from './step.ts'

const RUN = /(?<![\p{L}\d._/-])(?:\+|\()?\d(?:[ ./()-]{0,2}\d){6,16}(?![\d\p{L}]|[./-]\d)/gu

const QUAD = /^\d{1,3}(\.\d{1,3}){3}$/
const DATE = /^(\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4})( \d{1,2})?$/
const THOUSANDS = /^[1-9]\d{0,2}([ .]\d{3})+$/
const DECIMAL = /^\d+\.\d+$/

/**
 * Telephone numbers: with a plus and 7 to 15 digits; beginning with 0 and 9 to 15; or in groups and 10 to 15. Dates, IP
 * addresses, decimals and thousands are none. A bare run of digits that begins otherwise is left: it is more often an order.
 */
export const phone: Step = {
  kind: 'phone',
  find: (text) =>
    [...text.matchAll(RUN)]
      .filter(([run]) => isNumber(run.trim()))
      .map((match): Found => ({ start: match.index, end: match.index + match[0].length })),
}

function isNumber(run: string): boolean {
  const digits = run.replaceAll(/\D/g, '').length
  if (digits > 15 || QUAD.test(run) || DATE.test(run) || DECIMAL.test(run)) return false
  if (run.startsWith('+')) return digits >= 7
  if (run.startsWith('0') || run.startsWith('(0')) return digits >= 9
  return digits >= 10 && /\D/.test(run) && !THOUSANDS.test(run)
}

import type { Found, Step } from './step.ts'

const LOCAL = /[\p{L}\p{N}._%+'’-]/u
const DOMAIN = /[\p{L}\p{N}.-]/u
const LONGEST_LOCAL = 64
const LONGEST_DOMAIN = 253

/** E-mail addresses: looked for around each @, so that a text without one costs nothing. */
export const email: Step = {
  kind: 'email',
  find(text) {
    const found: Found[] = []
    for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      let start = at
      while (start > 0 && at - start < LONGEST_LOCAL && LOCAL.test(text[start - 1] ?? '')) start--
      while (start < at && /['’.-]/.test(text[start] ?? '')) start++
      let end = at + 1
      while (end < text.length && end - at < LONGEST_DOMAIN && DOMAIN.test(text[end] ?? '')) end++
      while (end > at && /[.-]/.test(text[end - 1] ?? '')) end--
      if (start < at && /^[^.]+(\.[^.]+)*\.\p{L}[\p{L}\p{N}-]+$/u.test(text.slice(at + 1, end)))
        found.push({ start, end })
    }
    return found
  },
}

/** Characters that JSON can spell but no database here can store. */

/** True where a line of JSON spells a NUL or half a character (an unpaired surrogate); cheap, and seldom true. */
export const mayHoldUnstorable = (json: string): boolean => json.includes('\\u') && /\\u(0000|d[89a-f])/i.test(json)

const UNPAIRED = /\p{Surrogate}/u

/** The path of the first text within a value that cannot be stored, and why; null where all can. */
export function firstUnstorable(value: unknown, path = ''): { field: string; reason: string } | null {
  if (typeof value === 'string') {
    if (value.includes('\0')) return { field: path, reason: 'holds a NUL character, which no text may hold' }
    if (UNPAIRED.test(value)) {
      return { field: path, reason: 'holds half a character (an unpaired surrogate); was the text cut in the middle?' }
    }
    return null
  }
  if (typeof value !== 'object' || value === null) return null
  for (const [key, within] of Object.entries(value)) {
    const inName = Array.isArray(value) ? null : firstUnstorable(key, path)
    const found = inName ?? firstUnstorable(within, at(path, key, Array.isArray(value)))
    if (found) return found
  }
  return null
}

const at = (path: string, key: string, inArray: boolean) => {
  if (inArray) return `${path}[${key}]`
  return path === '' ? key : `${path}.${key}`
}

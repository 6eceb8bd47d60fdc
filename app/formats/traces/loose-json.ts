/** Reading JSON of which only the outline is known. */

/** A record that is of its format and yet cannot be read; the message is the reason, for a person. */
export class Unclear extends Error {
  readonly field: string | null

  constructor(field: string | null, reason: string) {
    super(reason)
    this.name = 'Unclear'
    this.field = field
  }
}

export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const fieldsIn = (value: unknown): Fields => (isFields(value) ? value : {})

export const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** A text that holds more than blanks, or a number as text. */
export const wordIn = (value: unknown): string | undefined => {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** JSON that an exporter wrote as a text, read; anything else as it is. */
export function opened(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

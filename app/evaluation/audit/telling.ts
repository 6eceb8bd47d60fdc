/** What sentences about entries of the audit log are made of. */

export type Told = {
  action: string
  subject: string
  subjectId: string
  detail: Readonly<Record<string, unknown>>
}

/** The name of a person, round or other thing by its id, where it is known. */
export type NameOf = (id: string) => string | undefined

/** What an entry's actor did. */
export type Teller = (entry: Told, nameOf: NameOf) => string

export const quoted = (text: string): string => `“${text}”`

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined

export const many = (value: unknown): value is unknown[] => Array.isArray(value) && value.length > 0

export const list = (value: unknown): string => (many(value) ? value.map(String).join(', ') : 'nothing')

export const named = ({ subjectId, detail }: Told, nameOf: NameOf): string =>
  text(detail.name) ?? nameOf(subjectId) ?? subjectId.slice(-8)

/** Content hashes: equal ones mean the same content, however it was laid out in a file. */
import { sha256 } from '#app/ambient.ts'

/** For hashing: objects as lists of pairs sorted by name, so that the order of the names does not matter. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  const pairs = Object.entries(value).map(([key, within]) => [key, canonical(within)] as const)
  return { pairs: pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)) }
}

export const documentHash = (title: string, text: string): string => sha256(JSON.stringify([title, text]))

export type HashedCase = {
  input: string
  category: string
  userSegment: string
  documentHashes: readonly string[]
  metadata: Record<string, unknown>
}

export const caseHash = ({ input, category, userSegment, documentHashes, metadata }: HashedCase): string =>
  sha256(JSON.stringify([input, category, userSegment, documentHashes, canonical(metadata)]))

/** Without metadata it is the hash of the text alone. */
export const responseHash = (text: string, metadata: Record<string, unknown>): string =>
  Object.keys(metadata).length === 0 ? sha256(text) : sha256(JSON.stringify([text, canonical(metadata)]))

export const referenceHash = (text: string): string => sha256(text)

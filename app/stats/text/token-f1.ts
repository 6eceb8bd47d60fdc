import { tokensOf } from './tokens.ts'

/**
 * Overlap of the multisets of tokens (runs of letters and digits, lower-cased) of two texts, as F1: 2PR/(P + R). Unlike the script of SQuAD
 * it keeps articles and takes a hyphenated word for two.
 *
 * @returns 0 to 1; 0 without a common token
 */
export function tokenF1(text: string, reference: string): number {
  const [given, wanted] = [tokensOf(text), tokensOf(reference)]
  const counts = new Map<string, number>()
  for (const token of wanted) counts.set(token, (counts.get(token) ?? 0) + 1)
  let common = 0
  for (const token of given) {
    const left = counts.get(token) ?? 0
    if (left === 0) continue
    counts.set(token, left - 1)
    common += 1
  }
  return common === 0 ? 0 : (2 * common) / (given.length + wanted.length)
}

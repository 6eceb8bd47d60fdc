const ORDERS = 6

/**
 * Sentence chrF2 (Popovic 2015), as sacreBLEU computes it: white space removed, code-point n-grams of 1 to 6, clipped matches,
 * precision and recall averaged over the orders that both texts have, F with recall counting twice as much (beta = 2).
 *
 * @returns 0 to 1; 0 where no order is had by both
 */
export function chrf2(text: string, reference: string): number {
  const [given, wanted] = [codePoints(text), codePoints(reference)]
  let precision = 0
  let recall = 0
  let orders = 0
  for (let n = 1; n <= Math.min(ORDERS, given.length, wanted.length); n++) {
    const counts = gramCounts(wanted, n)
    const [grams, total] = [given.length - n + 1, wanted.length - n + 1]
    let matches = 0
    for (let start = 0; start < grams; start++) {
      const gram = given.slice(start, start + n).join('')
      const left = counts.get(gram) ?? 0
      if (left === 0) continue
      counts.set(gram, left - 1)
      matches += 1
    }
    precision += matches / grams
    recall += matches / total
    orders += 1
  }
  if (orders === 0 || precision + recall === 0) return 0
  const [p, r] = [precision / orders, recall / orders]
  return (5 * p * r) / (4 * p + r)
}

const codePoints = (text: string): string[] => [...text.replace(/\s+/gu, '')]

function gramCounts(letters: readonly string[], n: number): Map<string, number> {
  const counts = new Map<string, number>()
  for (let start = 0; start + n <= letters.length; start++) {
    const gram = letters.slice(start, start + n).join('')
    counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  return counts
}

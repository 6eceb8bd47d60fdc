import { mixed } from './hash.ts'
import { gramsOf, wordHashes } from './n-grams.ts'

const SIZE = 128
const BANDS = 32
const ROWS = SIZE / BANDS
/** Texts are compared by their runs of three words: a changed word changes three of them. */
const SHINGLE = 3

const NONE = -1

const SEEDS = Uint32Array.from({ length: SIZE }, (_, i) => mixed(i + 1))

/** The MinHash signature (Broder 1997) of a text's runs of three words; null for a text without words. */
export function signatureOf(text: string): Uint32Array | null {
  const { low } = gramsOf(wordHashes(text), SHINGLE)
  if (low.length === 0) return null
  const signature = new Uint32Array(SIZE).fill(0xffffffff)
  for (const gram of low) {
    for (let i = 0; i < SIZE; i++) {
      const hash = mixed(gram ^ (SEEDS[i] as number))
      if (hash < (signature[i] as number)) signature[i] = hash
    }
  }
  return signature
}

/** Estimated share of runs of three words that two texts have in common (Jaccard), from their signatures; error about .04. */
export function similarityOf(a: Uint32Array, b: Uint32Array): number {
  let equal = 0
  for (let i = 0; i < SIZE; i++) if (a[i] === b[i]) equal += 1
  return equal / SIZE
}

/**
 * Groups of near-duplicates: texts joined by a chain of pairs whose estimated similarity reaches the threshold. Candidates come
 * from locality-sensitive hashing with 32 bands of 4 rows (Indyk & Motwani 1998): a pair at .8 is overlooked once in ten
 * million times, at .5 once in eight.
 *
 * @param signatures null: a text without words, alone
 * @returns groups of two and more, each in rising order, by their first
 */
export function nearDuplicates(signatures: readonly (Uint32Array | null)[], threshold: number): number[][] {
  const parent = Uint32Array.from(signatures, (_, i) => i)
  // A bucket is a chain from the last text that came into it to the first: a list for each would be most of the memory.
  const before = new Int32Array(signatures.length)
  for (let band = 0; band < BANDS; band++) {
    const lastOf = new Map<number, number>()
    signatures.forEach((signature, i) => {
      if (signature === null) return
      const key = bandKey(signature, band)
      const last = lastOf.get(key) ?? NONE
      for (let other = last; other !== NONE; other = before[other] as number) {
        // What is in one group already need not be compared: large groups stay cheap.
        if (rootOf(parent, i) === rootOf(parent, other)) continue
        if (similarityOf(signature, signatures[other] as Uint32Array) >= threshold) join(parent, i, other)
      }
      before[i] = last
      lastOf.set(key, i)
    })
  }
  const groups = new Map<number, number[]>()
  signatures.forEach((_, i) => {
    const root = rootOf(parent, i)
    const group = groups.get(root)
    if (group) group.push(i)
    else groups.set(root, [i])
  })
  return [...groups.values()].filter((group) => group.length > 1).sort((a, b) => (a[0] as number) - (b[0] as number))
}

function bandKey(signature: Uint32Array, band: number): number {
  let key = band
  for (let row = band * ROWS; row < (band + 1) * ROWS; row++) {
    key = mixed(Math.imul(key, 0x9e3779b1) ^ (signature[row] as number))
  }
  return key
}

function rootOf(parent: Uint32Array, of: number): number {
  let at = of
  while (parent[at] !== at) {
    parent[at] = parent[parent[at] as number] as number
    at = parent[at] as number
  }
  return at
}

function join(parent: Uint32Array, a: number, b: number): void {
  const [one, other] = [rootOf(parent, a), rootOf(parent, b)]
  parent[Math.max(one, other)] = Math.min(one, other)
}

import { hashOf, mixed, START, step } from './hash.ts'
import { comparable, tokensOf } from './tokens.ts'

const [LOW, HIGH] = [0x51ed270b, 0x2545f491]

/** 64-bit hashes in two columns. */
export type Hashes = { low: Uint32Array; high: Uint32Array }

const PLAIN = /^[\0-\x5b\x5d-\x7f]*$/

/** Hashes of the words of a text, in order, as `tokensOf(comparable(text))` finds them. */
export function wordHashes(text: string): Hashes {
  // Nearly all text takes the short way: no word of it is ever made.
  if (PLAIN.test(text)) return plainWordHashes(text)
  const words = tokensOf(comparable(text))
  return {
    low: Uint32Array.from(words, (word) => hashOf(word, LOW)),
    high: Uint32Array.from(words, (word) => hashOf(word, HIGH)),
  }
}

/** As `wordHashes`, for ASCII without a backslash. */
function plainWordHashes(text: string): Hashes {
  const most = (text.length + 1) >> 1
  const low = new Uint32Array(most)
  const high = new Uint32Array(most)
  let count = 0
  let [a, b] = [START ^ LOW, START ^ HIGH]
  let within = false
  for (let i = 0; i <= text.length; i++) {
    const unit = lowerCased(i < text.length ? text.charCodeAt(i) : 0)
    if (unit > 0) {
      a = step(a, unit)
      b = step(b, unit)
      within = true
    } else if (within) {
      low[count] = mixed(a)
      high[count++] = mixed(b)
      a = START ^ LOW
      b = START ^ HIGH
      within = false
    }
  }
  return { low: low.subarray(0, count), high: high.subarray(0, count) }
}

/** The unit of a letter in lower case or a digit; 0 for anything else. */
function lowerCased(unit: number): number {
  if (unit >= 97 && unit <= 122) return unit
  if (unit >= 48 && unit <= 57) return unit
  return unit >= 65 && unit <= 90 ? unit + 32 : 0
}

/**
 * Hashes of every run of `n` words; shorter texts are one run of all their words. With 64 bits, three million runs held against twenty
 * million others meet by chance once in some 300,000 tries.
 */
export function gramsOf({ low, high }: Hashes, n: number): Hashes {
  const width = Math.min(n, low.length)
  const count = low.length === 0 ? 0 : low.length - width + 1
  const grams = { low: new Uint32Array(count), high: new Uint32Array(count) }
  for (let start = 0; start < count; start++) {
    let [a, b] = [width, width]
    for (let i = start; i < start + width; i++) {
      a = Math.imul(a, 0x9e3779b1) + (low[i] as number)
      b = Math.imul(b, 0x85ebca77) + (high[i] as number)
    }
    grams.low[start] = mixed(a)
    grams.high[start] = mixed(b)
  }
  return grams
}

/** A source of random numbers: the same seed gives the same sequence on every machine. */
export interface Random {
  /** A 32-bit unsigned integer. */
  uint32(): number
  /** A number in [0, 1) with 53 random bits. */
  uniform(): number
}

/**
 * xoshiro128** (Blackman & Vigna 2018, "Scrambled linear pseudorandom number generators"): period 2^128 - 1, 32-bit operations
 * only, so it is fast in JavaScript. The state is filled by splitmix32 from the seed, as its authors advise. Not for secrets.
 *
 * @param seed any integer; its lowest 53 bits count
 * @throws RangeError when the seed is not an integer
 */
export function seededRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`a seed must be an integer, not ${seed}`)
  const fill = splitmix32(seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0)
  let a = fill()
  let b = fill()
  let c = fill()
  let d = fill() | 1 // the all-zero state is a fixed point

  const uint32 = (): number => {
    const mixed = Math.imul(b, 5)
    const result = Math.imul((mixed << 7) | (mixed >>> 25), 9)
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
    return result >>> 0
  }
  return { uint32, uniform: () => ((uint32() >>> 5) * 67_108_864 + (uint32() >>> 6)) / 2 ** 53 }
}

/** splitmix32 with the MurmurHash3 finaliser; the seed's two halves are mixed one after the other. */
function splitmix32(low: number, high: number): () => number {
  let state = low
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0
    let z = state
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    return z ^ (z >>> 16)
  }
  state = next() ^ high
  return next
}

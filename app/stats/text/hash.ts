export const START = 0x811c9dc5

/** One step of FNV-1a (Fowler, Noll & Vo 1991). */
export const step = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193)

/** 32-bit FNV-1a over the UTF-16 units of a text, from a seed, with a final mix so that near texts get far hashes. */
export function hashOf(text: string, seed: number): number {
  let hash = START ^ seed
  for (let i = 0; i < text.length; i++) hash = step(hash, text.charCodeAt(i))
  return mixed(hash)
}

/** The finaliser of MurmurHash3 (Appleby 2011): every bit of the input moves every bit of the result. */
export function mixed(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

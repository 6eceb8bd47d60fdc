/**
 * Numbers byte strings in order of appearance. Works on bytes, so that a million cells make no million strings: open
 * addressing over an FNV-1a hash, the bytes of each name once in one growing buffer.
 */
export class Interner {
  #names = Buffer.allocUnsafe(1 << 12)
  #ends = new Uint32Array(1 << 8)
  #hashes = new Uint32Array(1 << 8)
  #slots = new Int32Array(1 << 9).fill(-1)
  #count = 0
  #last = -1

  get size(): number {
    return this.#count
  }

  /** The number of the name in `bytes` from `start` up to `end`, new or known. */
  number(bytes: Uint8Array, start: number, end: number): number {
    // files are mostly sorted by something: look at the name before first
    if (this.#last >= 0 && this.#equals(this.#last, bytes, start, end)) return this.#last
    this.#last = this.#find(bytes, start, end)
    return this.#last
  }

  #find(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193)
    hash = (hash ^ (hash >>> 15)) >>> 0
    const mask = this.#slots.length - 1
    let slot = hash & mask
    for (;;) {
      const known = this.#slots[slot] as number
      if (known < 0) return this.#add(slot, hash, bytes, start, end)
      if (this.#hashes[known] === hash && this.#equals(known, bytes, start, end)) return known
      slot = (slot + 1) & mask
    }
  }

  name(number: number): string {
    return this.#names.toString('utf8', this.#start(number), this.#ends[number])
  }

  names(): string[] {
    return Array.from({ length: this.#count }, (_, number) => this.name(number))
  }

  #start(number: number): number {
    return number === 0 ? 0 : (this.#ends[number - 1] as number)
  }

  #equals(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#start(number)
    if ((this.#ends[number] as number) - from !== end - start) return false
    for (let at = start; at < end; at++) if (this.#names[from + at - start] !== bytes[at]) return false
    return true
  }

  #add(slot: number, hash: number, bytes: Uint8Array, start: number, end: number): number {
    const number = this.#count
    const from = number === 0 ? 0 : (this.#ends[number - 1] as number)
    const until = from + end - start
    if (until > this.#names.length) this.#names = Buffer.concat([this.#names], Math.max(until, this.#names.length * 2))
    if (number === this.#ends.length) {
      this.#ends = doubled(this.#ends)
      this.#hashes = doubled(this.#hashes)
    }
    for (let at = start; at < end; at++) this.#names[from + at - start] = bytes[at] as number
    this.#ends[number] = until
    this.#hashes[number] = hash
    this.#slots[slot] = number
    this.#count++
    if (this.#count * 2 > this.#slots.length) this.#rehash()
    return number
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 4).fill(-1)
    for (let number = 0; number < this.#count; number++) {
      let slot = (this.#hashes[number] as number) & (slots.length - 1)
      while ((slots[slot] as number) >= 0) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = number
    }
    this.#slots = slots
  }
}

function doubled(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2)
  larger.set(array)
  return larger
}

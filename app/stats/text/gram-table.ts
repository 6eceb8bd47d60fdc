/** Numbers under 64-bit hashes, several of them under one hash if need be: an open-addressed table in typed arrays, 24 bytes an entry. */
export class GramTable {
  readonly #slots: Int32Array
  readonly #low: Uint32Array
  readonly #high: Uint32Array
  readonly #value: Int32Array
  readonly #next: Int32Array
  #count = 0

  /** @param capacity the most entries that will be added */
  constructor(capacity: number) {
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(16, capacity * 2)))).fill(-1)
    this.#low = new Uint32Array(capacity)
    this.#high = new Uint32Array(capacity)
    this.#value = new Int32Array(capacity)
    this.#next = new Int32Array(capacity)
  }

  add(low: number, high: number, value: number): void {
    const slot = this.#slotOf(low, high)
    const entry = this.#count++
    this.#low[entry] = low
    this.#high[entry] = high
    this.#value[entry] = value
    this.#next[entry] = this.#slots[slot] as number
    this.#slots[slot] = entry
  }

  /** The last entry added under the hash, -1 for none; `next` leads to the others. */
  find(low: number, high: number): number {
    return this.#slots[this.#slotOf(low, high)] as number
  }

  next(entry: number): number {
    return this.#next[entry] as number
  }

  valueOf(entry: number): number {
    return this.#value[entry] as number
  }

  #slotOf(low: number, high: number): number {
    const mask = this.#slots.length - 1
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot] as number
      if (entry === -1 || (this.#low[entry] === low && this.#high[entry] === high)) return slot
    }
  }
}

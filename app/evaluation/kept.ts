/**
 * A memory of computed texts that never grows past `bytes`: the longest unused go first. Texts count two bytes a letter.
 */
export class KeptTexts<V> {
  readonly #kept = new Map<string, { value: V; bytes: number }>()
  readonly #limit: number
  readonly #sizeOf: (value: V) => number
  #bytes = 0

  constructor(limit: number, sizeOf: (value: V) => number) {
    this.#limit = limit
    this.#sizeOf = sizeOf
  }

  get bytes(): number {
    return this.#bytes
  }

  get(key: string): V | undefined {
    const found = this.#kept.get(key)
    if (!found) return undefined
    this.#kept.delete(key)
    this.#kept.set(key, found)
    return found.value
  }

  set(key: string, value: V): void {
    const former = this.#kept.get(key)
    if (former) this.#drop(key, former.bytes)
    const bytes = 2 * key.length + this.#sizeOf(value)
    if (bytes > this.#limit) return
    this.#kept.set(key, { value, bytes })
    this.#bytes += bytes
    for (const [oldest, { bytes: freed }] of this.#kept) {
      if (this.#bytes <= this.#limit) break
      this.#drop(oldest, freed)
    }
  }

  #drop(key: string, bytes: number): void {
    this.#kept.delete(key)
    this.#bytes -= bytes
  }
}

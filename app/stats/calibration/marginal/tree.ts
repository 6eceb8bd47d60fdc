/**
 * Numbers sequences of symbols: equal sequences get equal numbers, from 0 in order of first appearance. A prefix tree, so that
 * a million short sequences cost no strings.
 */
export class SequenceNumbers {
  readonly #next = new Map<number, number>()
  readonly #numberAt = new Map<number, number>()
  readonly #symbols: number
  #states = 1

  /** @param symbols how many different symbols there are */
  constructor(symbols: number) {
    this.#symbols = symbols
  }

  /** The number of the sequence, and whether it is new. */
  numberOf(sequence: ArrayLike<number>, length: number): { readonly number: number; readonly isNew: boolean } {
    let state = 0
    for (let i = 0; i < length; i++) {
      const key = state * this.#symbols + (sequence[i] as number)
      let next = this.#next.get(key)
      if (next === undefined) {
        next = this.#states++
        this.#next.set(key, next)
      }
      state = next
    }
    const known = this.#numberAt.get(state)
    if (known !== undefined) return { number: known, isNew: false }
    const number = this.#numberAt.size
    this.#numberAt.set(state, number)
    return { number, isNew: true }
  }
}

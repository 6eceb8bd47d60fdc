/** Collects s s' over items, s being an item's gradient with few places that are not 0. */
export class GradientSpread {
  readonly matrix: Float64Array
  readonly #size: number
  readonly #gradient: Float64Array
  readonly #touched: Uint32Array
  readonly #isTouched: Uint8Array
  #count = 0

  constructor(size: number) {
    this.#size = size
    this.matrix = new Float64Array(size * size)
    this.#gradient = new Float64Array(size)
    this.#touched = new Uint32Array(size)
    this.#isTouched = new Uint8Array(size)
  }

  /** Adds to one place of the present item's gradient. */
  add(place: number, value: number): void {
    if (this.#isTouched[place] === 0) {
      this.#isTouched[place] = 1
      this.#touched[this.#count++] = place
      this.#gradient[place] = 0
    }
    this.#gradient[place] = (this.#gradient[place] as number) + value
  }

  /** Takes the present item's s s' into the matrix and begins the next item. */
  closeItem(): void {
    for (let i = 0; i < this.#count; i++) {
      const from = this.#touched[i] as number
      const value = this.#gradient[from] as number
      for (let j = 0; j < this.#count; j++) {
        const to = this.#touched[j] as number
        const cell = from * this.#size + to
        this.matrix[cell] = (this.matrix[cell] as number) + value * (this.#gradient[to] as number)
      }
    }
    for (let i = 0; i < this.#count; i++) this.#isTouched[this.#touched[i] as number] = 0
    this.#count = 0
  }
}

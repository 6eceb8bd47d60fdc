import { BadFile } from './bad-file.ts'
import { Interner } from './interner.ts'

/** A row without a score: the rater could not judge. */
export const NO_SCORE = -0x80000000

/** The rows of a file in columns, names as numbers (see the interners). */
export interface RatingRows {
  readonly count: number
  readonly item: Uint32Array
  readonly rater: Uint32Array
  readonly dimension: Uint32Array
  readonly version: Uint32Array
  /** Value of the column to group by; all 0 without one. */
  readonly group: Uint32Array
  /** The score as written, or NO_SCORE. */
  readonly score: Int32Array
  readonly items: Interner
  readonly raters: Interner
  readonly dimensions: Interner
  readonly versions: Interner
  readonly groups: Interner
}

/** One row as numbers. */
export interface Row {
  readonly item: number
  readonly rater: number
  readonly dimension: number
  readonly version: number
  readonly group: number
  readonly score: number
}

/** Gathers rows and refuses a second rating of an item by the same rater in the same dimension and rubric version. */
export class RowBuilder {
  readonly items = new Interner()
  readonly raters = new Interner()
  readonly dimensions = new Interner()
  readonly versions = new Interner()
  readonly groups = new Interner()
  #count = 0
  #item = new Uint32Array(1 << 10)
  #rater = new Uint32Array(1 << 10)
  #dimension = new Uint32Array(1 << 10)
  #version = new Uint32Array(1 << 10)
  #group = new Uint32Array(1 << 10)
  #score = new Int32Array(1 << 10)
  #line = new Uint32Array(1 << 10)
  #slots = new Int32Array(1 << 12).fill(-1)

  /** @throws BadFile naming both lines when the rating was there before */
  add(row: Row, line: number): void {
    if (this.#count === this.#item.length) this.#grow()
    const at = this.#count++
    this.#item[at] = row.item
    this.#rater[at] = row.rater
    this.#dimension[at] = row.dimension
    this.#version[at] = row.version
    this.#group[at] = row.group
    this.#score[at] = row.score
    this.#line[at] = line
    const before = this.#insert(at)
    if (before >= 0) throw BadFile.at(line, this.#duplicate(row, before))
    if (this.#count * 2 > this.#slots.length) this.#rehash()
  }

  rows(): RatingRows {
    const { items, raters, dimensions, versions, groups } = this
    return {
      count: this.#count,
      item: this.#item.subarray(0, this.#count),
      rater: this.#rater.subarray(0, this.#count),
      dimension: this.#dimension.subarray(0, this.#count),
      version: this.#version.subarray(0, this.#count),
      group: this.#group.subarray(0, this.#count),
      score: this.#score.subarray(0, this.#count),
      items,
      raters,
      dimensions,
      versions,
      groups,
    }
  }

  #duplicate({ item, rater, dimension }: Row, before: number): string {
    const what = `${this.raters.name(rater)} already rated ${this.items.name(item)}`
    return `${what} (${this.dimensions.name(dimension)}) on line ${this.#line[before]}`
  }

  /** Puts row `at` into the hash table; an equal row's number if there is one, else -1. */
  #insert(at: number): number {
    const mask = this.#slots.length - 1
    const item = this.#item[at] as number
    const rater = this.#rater[at] as number
    const dimension = this.#dimension[at] as number
    const version = this.#version[at] as number
    let hash = Math.imul(item, 0x9e3779b1) ^ Math.imul(rater, 0x85ebca77)
    hash ^= Math.imul(dimension + 31 * version, 0xc2b2ae3d)
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
    let slot = (hash ^ (hash >>> 12)) & mask
    for (;;) {
      const known = this.#slots[slot] as number
      if (known < 0) {
        this.#slots[slot] = at
        return -1
      }
      if (
        this.#item[known] === item &&
        this.#rater[known] === rater &&
        this.#dimension[known] === dimension &&
        this.#version[known] === version
      )
        return known
      slot = (slot + 1) & mask
    }
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 4).fill(-1)
    for (let at = 0; at < this.#count; at++) this.#insert(at)
  }

  #grow(): void {
    const size = this.#item.length * 2
    this.#item = grown(this.#item, new Uint32Array(size))
    this.#rater = grown(this.#rater, new Uint32Array(size))
    this.#dimension = grown(this.#dimension, new Uint32Array(size))
    this.#version = grown(this.#version, new Uint32Array(size))
    this.#group = grown(this.#group, new Uint32Array(size))
    this.#score = grown(this.#score, new Int32Array(size))
    this.#line = grown(this.#line, new Uint32Array(size))
  }
}

function grown<T extends Uint32Array | Int32Array>(old: Uint32Array | Int32Array, larger: T): T {
  larger.set(old)
  return larger
}

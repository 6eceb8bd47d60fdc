import { GramTable } from './gram-table.ts'
import { gramsOf, type Hashes, wordHashes } from './n-grams.ts'

/** Runs of so many words are told apart; a text of fewer is one run. */
const RUN = 8
/** A text of fewer words is found everywhere: it is not looked for. */
const FEWEST_WORDS = 4
const SHINGLE = 3
const SKETCH = 16
/** Words of a chunk that has a sketch of its own; a chunk lies whole within one of the overlapping windows of twice that. */
const CHUNK = 256
/** A run of three words that stands in the sketches of more chunks than this is left out. */
const COMMON = 32
/** A sketch of fewer runs says too little. */
const FEWEST_IN_SKETCH = 6

/** What was found of one text. `share`: of its distinct runs of eight words. */
export type Leak = {
  text: number
  share: number
  runs: number
  /** Where the first and the last of its runs begin; 0 without any. */
  firstLine: number
  lastLine: number
  /** Estimated share of its runs of three words that lie together in one place: high for a copy with words changed. */
  near: number
  nearLine: number
}

type Chunk = { text: number; size: number }

/**
 * Looks for texts within other, much longer text: whole (runs of eight words, by hash) and with words changed (bottom-16 sketches of
 * runs of three words; Broder 1997). Case, white space, punctuation, accents and JSON's escapes make no difference.
 */
export class LeakIndex {
  /** Texts that are too short to be looked for. */
  readonly tooShort: number[] = []
  readonly #runs: GramTable
  readonly #sketches: GramTable
  readonly #chunks: Chunk[] = []
  /** Distinct runs of each text. */
  readonly #distinct: Uint32Array
  readonly #widths: number[]

  constructor(texts: readonly string[]) {
    const words = texts.map((text, i) => {
      const hashes = wordHashes(text)
      if (hashes.low.length >= FEWEST_WORDS) return hashes
      this.tooShort.push(i)
      return NONE
    })
    const looked = words.filter(({ low }) => low.length > 0)
    this.#widths = [...new Set(looked.map(({ low }) => Math.min(RUN, low.length)))]
    this.#distinct = new Uint32Array(texts.length)
    this.#runs = new GramTable(looked.reduce((sum, { low }) => sum + low.length, 0))
    this.#sketches = new GramTable(SKETCH * looked.reduce((sum, { low }) => sum + Math.ceil(low.length / CHUNK), 0))
    for (const [text, hashes] of words.entries()) {
      this.#addRuns(gramsOf(hashes, RUN), text)
    }
    this.#addSketches(words)
  }

  #addRuns({ low, high }: Hashes, text: number): void {
    for (let i = 0; i < low.length; i++) {
      const [a, b] = [low[i] as number, high[i] as number]
      // The last one added is of this text if the text has said this before.
      const known = this.#runs.find(a, b)
      if (known !== -1 && this.#runs.valueOf(known) === text) continue
      this.#runs.add(a, b, text)
      this.#distinct[text] = (this.#distinct[text] as number) + 1
    }
  }

  #addSketches(words: readonly Hashes[]): void {
    const candidates: { text: number; grams: Hashes }[] = []
    const said = new Map<number, number>()
    for (const [text, hashes] of words.entries()) {
      for (let start = 0; start < hashes.low.length; start += CHUNK) {
        const grams = smallestOf(gramsOf(part(hashes, start, start + CHUNK), SHINGLE), 2 * SKETCH)
        candidates.push({ text, grams })
        for (const low of grams.low) said.set(low, (said.get(low) ?? 0) + 1)
      }
    }
    for (const { text, grams } of candidates) {
      // What many texts say tells none of them apart, and would be met at every turn.
      const own = [...grams.low.keys()].filter((at) => (said.get(grams.low[at] as number) ?? 0) <= COMMON)
      const sketch = own.slice(0, SKETCH)
      const chunk = this.#chunks.push({ text, size: sketch.length }) - 1
      for (const [bit, at] of sketch.entries()) {
        this.#sketches.add(grams.low[at] as number, grams.high[at] as number, chunk * SKETCH + bit)
      }
    }
  }

  /** Begins to read a file, whose lines are to be given in order. */
  scan(): Scan {
    return new Scan(this.#runs, this.#sketches, this.#chunks, this.#distinct, this.#widths)
  }
}

/** The hashes that are smallest in their first column, each once, in rising order. */
function smallestOf({ low, high }: Hashes, count: number): Hashes {
  const rising = [...low.keys()].sort((a, b) => (low[a] as number) - (low[b] as number))
  const kept = rising.filter((at, i) => i === 0 || low[at] !== low[rising[i - 1] as number]).slice(0, count)
  return {
    low: Uint32Array.from(kept, (at) => low[at] as number),
    high: Uint32Array.from(kept, (at) => high[at] as number),
  }
}

const NONE: Hashes = { low: new Uint32Array(), high: new Uint32Array() }

const part = ({ low, high }: Hashes, from: number, to?: number): Hashes => ({
  low: low.subarray(from, to),
  high: high.subarray(from, to),
})

const joined = (one: Hashes, other: Hashes): Hashes => {
  const low = new Uint32Array(one.low.length + other.low.length)
  const high = new Uint32Array(low.length)
  low.set(one.low)
  low.set(other.low, one.low.length)
  high.set(one.high)
  high.set(other.high, one.high.length)
  return { low, high }
}

type Seen = { runs: Set<number>; firstLine: number; lastLine: number; near: number; nearLine: number }

/** One reading of a file. */
export class Scan {
  readonly #found = new Map<number, Seen>()
  /** Bits of the sketches met in this half of the window and in the one before. */
  #half = new Map<number, number>()
  #before = new Map<number, number>()
  #halfWords = 0
  #halfLine = 1
  #beforeLine = 1
  /** The last words of what was read, with their lines: runs may cross line ends. */
  #words = NONE
  #lines: number[] = []

  constructor(
    private readonly runs: GramTable,
    private readonly sketches: GramTable,
    private readonly chunks: readonly Chunk[],
    private readonly distinct: Uint32Array,
    private readonly widths: readonly number[],
  ) {}

  /** @param line number of the first line of the text, which consists of whole lines */
  read(text: string, line: number): void {
    let at = line
    for (const one of text.split('\n')) {
      const words = wordHashes(one)
      for (let start = 0; start < words.low.length; start += CHUNK) this.#take(part(words, start, start + CHUNK), at)
      at += 1
    }
  }

  /** What was found, by text. */
  end(): Leak[] {
    this.#turn()
    return [...this.#found]
      .map(([text, seen]) => ({
        text,
        share: seen.runs.size / (this.distinct[text] as number),
        runs: seen.runs.size,
        firstLine: seen.firstLine,
        lastLine: seen.lastLine,
        near: seen.near,
        nearLine: seen.nearLine,
      }))
      .sort((a, b) => a.text - b.text)
  }

  #take(words: Hashes, line: number): void {
    const kept = this.#words.low.length
    const all = joined(this.#words, words)
    const length = all.low.length
    const lineOf = (i: number) => (i < kept ? (this.#lines[i] as number) : line)
    for (const width of this.#widthsUpTo(length)) {
      const first = Math.max(0, kept - width + 1)
      const { low, high } = gramsOf(part(all, first), width)
      for (let i = 0; i < low.length; i++) this.#meetRun(low[i] as number, high[i] as number, lineOf(first + i))
    }
    const first = Math.max(0, kept - SHINGLE + 1)
    const { low, high } = gramsOf(part(all, first), SHINGLE)
    for (let i = 0; i < low.length; i++) this.#meetShingle(low[i] as number, high[i] as number)
    this.#halfWords += words.low.length
    if (this.#halfWords >= CHUNK) {
      this.#turn()
      this.#beforeLine = this.#halfLine
      this.#halfLine = line
    }
    const from = Math.max(0, length - RUN + 1)
    this.#lines = Array.from({ length: length - from }, (_, i) => lineOf(from + i))
    this.#words = part(all, from)
  }

  #widthsUpTo(words: number): number[] {
    return this.widths.filter((width) => width <= words)
  }

  #meetRun(low: number, high: number, line: number): void {
    for (let entry = this.runs.find(low, high); entry !== -1; entry = this.runs.next(entry)) {
      const seen = this.#seen(this.runs.valueOf(entry))
      if (seen.runs.size === 0) seen.firstLine = line
      seen.runs.add(entry)
      seen.lastLine = line
    }
  }

  #meetShingle(low: number, high: number): void {
    for (let entry = this.sketches.find(low, high); entry !== -1; entry = this.sketches.next(entry)) {
      const value = this.sketches.valueOf(entry)
      const chunk = Math.floor(value / SKETCH)
      this.#half.set(chunk, (this.#half.get(chunk) ?? 0) | (1 << (value % SKETCH)))
    }
  }

  /** Looks at the window that ends here, and goes on with its second half as the first. */
  #turn(): void {
    for (const [chunk, bits] of this.#half) {
      const { text, size } = this.chunks[chunk] as Chunk
      const share = ones(bits | (this.#before.get(chunk) ?? 0)) / size
      // A share of a few is chance: three words in a row are often said.
      if (share < 0.5 || size < FEWEST_IN_SKETCH) continue
      const seen = this.#seen(text)
      if (share <= seen.near) continue
      seen.near = share
      seen.nearLine = this.#before.has(chunk) ? this.#beforeLine : this.#halfLine
    }
    this.#before = this.#half
    this.#half = new Map()
    this.#halfWords = 0
  }

  #seen(text: number): Seen {
    const known = this.#found.get(text)
    if (known) return known
    const made = { runs: new Set<number>(), firstLine: 0, lastLine: 0, near: 0, nearLine: 0 }
    this.#found.set(text, made)
    return made
  }
}

function ones(bits: number): number {
  let count = 0
  for (let left = bits; left !== 0; left &= left - 1) count += 1
  return count
}

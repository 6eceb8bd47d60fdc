/** Places in a text, as character offsets: what find finds, and what evidence points to. */

export type Span = { start: number; end: number }

const SPECIAL = /[\\^$.*+?()[\]{}|/]/g

/** Every place where the words of the query stand in the text, whatever their case and the white space between them. */
export function findAll(text: string, query: string): Span[] {
  const words = query.trim().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const pattern = new RegExp(words.map((word) => word.replace(SPECIAL, '\\$&')).join('\\s+'), 'giu')
  return Array.from(text.matchAll(pattern), (match) => ({ start: match.index, end: match.index + match[0].length }))
}

/** The span without white space at its ends; null when nothing else is in it. */
export function trimmed(text: string, { start, end }: Span): Span | null {
  const words = text.slice(start, end)
  const from = start + (words.length - words.trimStart().length)
  const to = start + words.trimEnd().length
  return from < to ? { start: from, end: to } : null
}

// Scripts that put spaces between their words: elsewhere a run of letters is no word.
const IN_WORD = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{M}\p{N}]/u

const isInWord = (text: string, at: number): boolean => IN_WORD.test(text.charAt(at))

/** The span grown to whole words, where it begins or ends within one. */
export function wholeWords(text: string, { start, end }: Span): Span {
  let [from, to] = [start, end]
  while (from > 0 && isInWord(text, from) && isInWord(text, from - 1)) from -= 1
  while (to < text.length && isInWord(text, to - 1) && isInWord(text, to)) to += 1
  return { start: from, end: to }
}

/**
 * Where a quoted passage stands: at its offsets when its words are there, else at the place nearest to them where the
 * words are; null when the text does not hold them.
 */
export function placeOf(text: string, { start, end, quote }: Span & { quote: string }): Span | null {
  if (text.slice(start, end) === quote) return { start, end }
  let best = -1
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    if (best < 0 || Math.abs(at - start) < Math.abs(best - start)) best = at
  }
  return best < 0 ? null : { start: best, end: best + quote.length }
}

/** A span over a text that lies in pieces: which pieces, and from where to where in each. Empty parts are left out. */
export function piecesOf(lengths: readonly number[], { start, end }: Span): (Span & { piece: number })[] {
  const found: (Span & { piece: number })[] = []
  let before = 0
  lengths.forEach((length, piece) => {
    const from = Math.max(start - before, 0)
    const to = Math.min(end - before, length)
    if (from < to) found.push({ piece, start: from, end: to })
    before += length
  })
  return found
}

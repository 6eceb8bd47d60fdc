export type Word = { text: string; start: number }

const WIDE = /[\p{L}\p{N}\p{M}]/u

/** ASCII is looked at by its codes: asking a pattern of every letter would be ten times slower. */
function isLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code < 128) {
    return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57)
  }
  // Half of a wide letter is part of a word with its other half.
  return (code >= 0xd800 && code <= 0xdfff) || WIDE.test(text[at] ?? '')
}

const joins = (code: number): boolean => code === 0x27 || code === 0x2019 || code === 0x2d

/** Runs of letters and digits; an apostrophe or a hyphen between two of them joins. */
export function* wordsIn(text: string): Generator<Word> {
  let start = -1
  for (let at = 0; at <= text.length; at++) {
    const inside =
      at < text.length &&
      (isLetter(text, at) ||
        (start >= 0 && joins(text.charCodeAt(at)) && at + 1 < text.length && isLetter(text, at + 1)))
    if (inside && start < 0) start = at
    if (inside || start < 0) continue
    yield { text: text.slice(start, at), start }
    start = -1
  }
}

import type { Found, Step } from './step.ts'
import { type Word, wordsIn } from './words.ts'

const folded = (word: string) => word.toLowerCase().replaceAll('’', "'")
const bare = (word: string) => word.replace(/['’]s$/, '')

type Name = { words: string[]; exact: string | null }

/**
 * Names of a list, one a line of it. Names of several words are found whatever their capitals, single words only as they are
 * written: “Mark” is a name, “mark” is not. The longest name at a place counts; a possessive “’s” is left.
 */
export function namesStep(list: readonly string[]): Step {
  const byFirst = new Map<string, Name[]>()
  for (const name of list) {
    const words = [...wordsIn(name)].map(({ text }) => text)
    const [first] = words
    if (first === undefined) continue
    const entry = { words: words.map(folded), exact: words.length === 1 ? first : null }
    const others = byFirst.get(folded(first)) ?? []
    byFirst.set(
      folded(first),
      [...others, entry].sort((a, b) => b.words.length - a.words.length),
    )
  }
  const longest = Math.max(1, ...[...byFirst.values()].flat().map(({ words }) => words.length))

  /** The longest name that these words begin with. */
  function nameAt(words: readonly Word[]): Name | undefined {
    const [first] = words
    if (!first) return undefined
    const known = byFirst.get(folded(first.text)) ?? byFirst.get(folded(bare(first.text)))
    return known?.find(
      ({ words: wanted, exact }) =>
        (exact === null || exact === first.text || exact === bare(first.text)) &&
        wanted.every((word, on) => {
          const here = folded(words[on]?.text ?? '')
          return here === word || (on === wanted.length - 1 && bare(here) === word)
        }),
    )
  }

  return {
    kind: 'name',
    find(text) {
      const found: Found[] = []
      if (byFirst.size === 0) return found
      const ahead: Word[] = []
      const take = () => {
        const name = nameAt(ahead)
        if (!name) {
          ahead.shift()
          return
        }
        const matched = ahead.splice(0, name.words.length)
        const last = matched.at(-1) as Word
        const possessive = folded(last.text) === name.words.at(-1) ? 0 : last.text.length - bare(last.text).length
        found.push({ start: (matched[0] as Word).start, end: last.start + last.text.length - possessive })
      }
      for (const word of wordsIn(text)) {
        ahead.push(word)
        if (ahead.length >= longest) take()
      }
      while (ahead.length > 0) take()
      return found
    },
  }
}

/** The names in a file or field of names: one a line; lines that begin with # are notes. */
export const namesIn = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))

import { KeptTexts } from '../kept.ts'
import { renderMarkdown } from '../markdown.server.ts'
import type { SafeHtml } from './shown.ts'

const KEEP_BYTES = 16 * 1024 * 1024

type Rendered = { html: SafeHtml; words: number }

const kept = new KeptTexts<Rendered>(KEEP_BYTES, ({ html }) => 2 * html.length + 64)

/** What is already rendered under a key. */
export const renderedBefore = (key: string): Rendered | undefined => kept.get(key)

/**
 * Renders a text once. `key` must stand for the text: its content hash, with a letter for the kind of text.
 */
export function rendered(key: string, text: string, options: { breaks?: boolean } = {}): Rendered {
  const found = kept.get(key)
  if (found) return found
  const made = { html: renderMarkdown(text, options), words: text.match(/\S+/g)?.length ?? 0 }
  kept.set(key, made)
  return made
}

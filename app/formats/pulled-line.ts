import { isMap, isScalar, parseDocument, stringify } from 'yaml'

/**
 * The text of a draft's file with its line `pulled` saying something else, or with such a line where it had none. Everything
 * else, comments and layout too, stays as its author left it.
 */
export function withPulled(text: string, pulled: string): string {
  const { contents } = parseDocument(text)
  if (!isMap(contents)) return text
  const own = contents.items.find(({ key }) => isScalar(key) && key.value === 'pulled')
  if (own && isScalar(own.value) && own.value.range) {
    const [start, end] = own.value.range
    return `${text.slice(0, start)}${quoted(pulled)}${text.slice(end)}`
  }
  const first = contents.items[0]?.key
  const start = isScalar(first) && first.range ? first.range[0] : 0
  return `${text.slice(0, start)}pulled: ${quoted(pulled)}\n${text.slice(start)}`
}

/** As the whole file is written: sixteen letters that happen to look like a number would be read as one. */
const quoted = (hash: string): string => stringify(hash).trimEnd()

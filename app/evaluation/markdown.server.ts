/**
 * Markdown to HTML that is safe to show: no raw HTML, no images, no inline styles, links only outwards. What the writer
 * typed is never changed otherwise (no smart quotes, no guessed links): raters judge the words as they were written.
 */
import MarkdownIt, { type Token } from 'markdown-it'
import sanitizeHtml from 'sanitize-html'
import type { SafeHtml } from './queue/shown.ts'

const LINK = /^(https?:|mailto:)/i

// A page's own sections are h2: what a text calls its title must not outrank them.
const HEADING: Record<string, string> = { h1: 'h3', h2: 'h4', h3: 'h5' }

// The security policy of the pages refuses style attributes.
const ALIGNED: Record<string, string> = { 'text-align:right': 'number', 'text-align:center': 'middle' }

const OUTWARDS: [string, string][] = [
  ['rel', 'noopener noreferrer nofollow'],
  ['target', '_blank'],
]

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false })
markdown.validateLink = (url) => LINK.test(url.trim())

markdown.core.ruler.push('plain', (state) => {
  for (const token of state.tokens) {
    if (token.type === 'heading_open' || token.type === 'heading_close') token.tag = HEADING[token.tag] ?? 'h6'
    if (token.type === 'th_open' || token.type === 'td_open') alignByClass(token)
    if (token.children) token.children = plainWords(token.children, state.Token)
  }
})

function alignByClass(cell: Token): void {
  const name = ALIGNED[String(cell.attrGet('style'))]
  cell.attrs = name ? [['class', name]] : null
}

function plainWords(tokens: Token[], Made: typeof Token): Token[] {
  let links = 0
  return tokens.flatMap((token) => {
    if (token.type === 'link_open') {
      links += 1
      token.attrs = [...(token.attrs ?? []), ...OUTWARDS]
    }
    if (token.type === 'link_close') links -= 1
    return token.type === 'image' ? withoutImage(token, links > 0, Made) : [token]
  })
}

/** An image would tell its host who reads; its description stays, as a link where it can be one. */
function withoutImage(image: Token, inLink: boolean, Made: typeof Token): Token[] {
  const words = new Made('text', '', 0)
  words.content = image.children?.map((child) => child.content).join('') || 'image'
  if (inLink) return [words]
  const open = new Made('link_open', 'a', 1)
  open.attrs = [['href', String(image.attrGet('src'))], ...OUTWARDS]
  return [open, words, new Made('link_close', 'a', -1)]
}

// A second fence, should the renderer ever let something through.
const FENCE: sanitizeHtml.IOptions = {
  allowedTags: 'p br hr h3 h4 h5 h6 blockquote ul ol li pre code em strong s a table thead tbody tr th td'.split(' '),
  allowedAttributes: { a: ['href', 'title', 'rel', 'target'], ol: ['start'] },
  allowedClasses: { code: [/^language-[\w+#.-]{1,30}$/], th: ['number', 'middle'], td: ['number', 'middle'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
}

/**
 * Renders Markdown. `breaks`: a single line break in the source breaks the line, as people expect of what they typed
 * themselves into a box.
 */
export function renderMarkdown(source: string, { breaks = false } = {}): SafeHtml {
  markdown.set({ breaks })
  return sanitizeHtml(markdown.render(source), FENCE).trim()
}

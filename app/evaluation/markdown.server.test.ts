import { describe, expect, it } from 'vitest'
import { renderMarkdown } from './markdown.server.ts'

describe('rendering Markdown', () => {
  it('shows tables with alignment as a class, since style attributes are refused by the pages', () => {
    const html = renderMarkdown('| plan | pays |\n| :- | -: |\n| basic | 80 % |')
    expect(html).toContain('<td>basic</td>')
    expect(html).toContain('<td class="number">80 %</td>')
    expect(html).not.toContain('style')
  })

  it('keeps code as it was written', () => {
    expect(renderMarkdown('```js\nif (a < b) "x"\n```')).toBe(
      '<pre><code class="language-js">if (a &lt; b) "x"\n</code></pre>',
    )
  })

  it('lets no heading outrank the sections of the page', () => {
    expect(renderMarkdown('# One\n\n## Two\n\n###### Six')).toBe('<h3>One</h3>\n<h4>Two</h4>\n<h6>Six</h6>')
  })

  it('shows raw HTML as text', () => {
    const html = renderMarkdown('<img src=x onerror=alert(1)> <b>bold</b>\n\n<script>alert(1)</script>')
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(html).toContain('&lt;script&gt;')
    expect(html).not.toMatch(/<(img|b|script)/)
  })

  it.each([
    '[a](javascript:alert(1))',
    '[a](JaVaScRiPt:alert(1))',
    '[a](&#106;avascript:alert(1))',
    '[a](data:text/html;base64,PHNjcmlwdD4=)',
    '[a](vbscript:x)',
    '[a](//evil.example/x)',
    '[a](/sign-out)',
    '![a](data:image/png;base64,AAAA)',
    '<javascript:alert(1)>',
  ])('makes no link of %s', (source) => {
    expect(renderMarkdown(source)).not.toContain('<a')
  })

  it('opens links outwards without telling where from', () => {
    expect(renderMarkdown('[site](https://example.org "Its title")')).toBe(
      '<p><a href="https://example.org" title="Its title" rel="noopener noreferrer nofollow" target="_blank">site</a></p>',
    )
    expect(renderMarkdown('<me@example.org>')).toContain('href="mailto:me@example.org"')
  })

  it('loads no image: the description stays, as a link where it is not within one', () => {
    expect(renderMarkdown('![a *red* chart](https://example.org/a.png)')).toContain(
      'href="https://example.org/a.png" rel="noopener noreferrer nofollow" target="_blank">a red chart</a>',
    )
    const nested = renderMarkdown('[![chart](https://a.example/a.png)](https://b.example)')
    expect(nested.match(/<a /g)).toHaveLength(1)
    expect(nested).toContain('>chart</a>')
    expect(renderMarkdown('![](https://example.org/a.png)')).toContain('>image</a>')
  })

  it('breaks lines where asked to, and changes no quotes or dots', () => {
    expect(renderMarkdown('one\ntwo', { breaks: true })).toBe('<p>one<br />\ntwo</p>')
    expect(renderMarkdown('one\ntwo')).toBe('<p>one\ntwo</p>')
    expect(renderMarkdown('"so"... (c) www.example.org')).toBe('<p>"so"... (c) www.example.org</p>')
  })

  it('stays quick on text made to be slow', () => {
    for (const source of ['*'.repeat(20_000), '['.repeat(20_000), '> '.repeat(2_000), '`'.repeat(20_000)]) {
      expect(renderMarkdown(source).length).toBeGreaterThan(0)
    }
  })
})

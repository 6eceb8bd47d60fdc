import { expect, test } from 'vitest'
import { plainWords } from './plain-words.ts'

test('gives the words without their dress', () => {
  expect(plainWords('<p>Is 5 &lt; 6 &amp;&amp;\n <strong>true</strong>?</p><p>Why?</p>')).toBe(
    'Is 5 < 6 && true ? Why?',
  )
})

test('cuts long text at a word', () => {
  const words = plainWords(`<p>${'word '.repeat(40)}</p>`)
  expect(words.length).toBeLessThanOrEqual(82)
  expect(words).toMatch(/word …$/)
})

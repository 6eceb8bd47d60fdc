import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chrf2 } from './chrf.ts'
import { tokenF1 } from './token-f1.ts'

type Pair = { hypothesis: string; reference: string; chrf2: number; token_f1: number }
const { text_similarity: published } = JSON.parse(readFileSync('tests/reference/judges.json', 'utf8')) as {
  text_similarity: { pairs: Pair[] }
}

describe('similarity of two texts', () => {
  it.each(published.pairs.map((pair, i) => [i, pair] as const))('is that of sacreBLEU in pair %i', (_, pair) => {
    expect(chrf2(pair.hypothesis, pair.reference)).toBeCloseTo(pair.chrf2, 11)
    expect(tokenF1(pair.hypothesis, pair.reference)).toBeCloseTo(pair.token_f1, 11)
  })

  it('is 1 for a text with letters and itself, and always from 0 to 1', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ maxLength: 60 }), (a, b) => {
        for (const measure of [chrf2, tokenF1]) {
          const value = measure(a, b)
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1)
        }
        if (/\S/u.test(a)) expect(chrf2(a, a)).toBeCloseTo(1, 12)
        if (/[\p{L}\p{N}]/u.test(a.toLowerCase())) expect(tokenF1(a, a)).toBe(1)
      }),
    )
  })
})

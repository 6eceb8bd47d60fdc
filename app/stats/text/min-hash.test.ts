import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../random.ts'
import { nearDuplicates, signatureOf, similarityOf } from './min-hash.ts'
import { gramsOf, wordHashes } from './n-grams.ts'
import { comparable, tokensOf } from './tokens.ts'

const words = (count: number, seed: number) => {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => `w${Math.floor(random.uniform() * 5_000)}`)
}
const signed = (text: string) => {
  const signature = signatureOf(text)
  if (signature === null) throw new Error('no words')
  return signature
}

describe('texts to compare', () => {
  it('read the same in another case, spacing, punctuation, accents, and inside JSON inside JSON', () => {
    const text = 'Does the plan pay\nfor “Café” visits — at home, or abroad?'
    const same = [
      'does the PLAN pay for Cafe visits at home or   abroad',
      JSON.stringify(text),
      JSON.stringify(JSON.stringify({ text })).replace('text', ''),
      text.normalize('NFD'),
    ]
    const expected = tokensOf(comparable(text))
    for (const other of same) expect(tokensOf(comparable(other))).toEqual(expected)
  })

  it('have the same hashes whether they are plain or not', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        const plain = wordHashes(text.replaceAll('\\', ' '))
        // One accent more makes the text take the long way, as a word of its own at the end.
        const long = wordHashes(`${text.replaceAll('\\', ' ')} é`)
        expect(plain.low).toEqual(long.low.subarray(0, -1))
        expect(plain.high).toEqual(long.high.subarray(0, -1))
      }),
    )
  })

  it('have one run less for each word a run is longer, and one of all words when they are short', () => {
    expect(gramsOf(wordHashes(words(20, 1).join(' ')), 8).low).toHaveLength(13)
    expect(gramsOf(wordHashes('a b'), 8).low).toHaveLength(1)
    expect(gramsOf(wordHashes('...'), 8).low).toHaveLength(0)
    expect(gramsOf(wordHashes('a b'), 8)).not.toEqual(gramsOf(wordHashes('b a'), 8))
  })
})

describe('near-duplicates', () => {
  it('have an estimated similarity near the share of runs in common', () => {
    const all = words(400, 2)
    const other = [...all.slice(0, 300), ...words(100, 3)]
    const runs = (of: string[]) => new Set(of.slice(2).map((_, i) => of.slice(i, i + 3).join(' ')))
    const [a, b] = [runs(all), runs(other)]
    const common = [...a].filter((run) => b.has(run)).length
    const estimate = similarityOf(signed(all.join(' ')), signed(other.join(' ')))
    expect(Math.abs(estimate - common / (a.size + b.size - common))).toBeLessThan(0.13)
  })

  it('are found among texts that have nothing to do with each other, chains of them in one group', () => {
    const texts = Array.from({ length: 200 }, (_, i) => words(60, i + 10).join(' '))
    const edited = (text: string | undefined, at: number, by: string) => {
      const parts = (text ?? '').split(' ')
      parts[at] = by
      return parts.join(' ')
    }
    const [once, twice] = [edited(texts[5], 7, 'changed'), edited(texts[150], 40, 'other')]
    const chained = edited(once, 50, 'again')
    const found = nearDuplicates([...texts, once, twice, chained].map(signatureOf), 0.8)
    expect(found).toEqual([
      [5, 200, 202],
      [150, 201],
    ])
  })

  it('are the same groups whatever the order of the texts', () => {
    const base = ['one two three four five six seven', 'eight nine ten eleven twelve', 'nothing like the others at all']
    const texts = [...base, `${base[0]} eight`, base[1] ?? '', '...']
    const asTexts = (order: number[]) =>
      nearDuplicates(
        order.map((i) => signatureOf(texts[i] ?? '')),
        0.6,
      )
        .map((group) => group.map((at) => order[at] as number).sort())
        .sort()
    const order = texts.map((_, i) => i)
    fc.assert(
      fc.property(fc.shuffledSubarray(order, { minLength: order.length }), (shuffled) => {
        expect(asTexts(shuffled)).toEqual(asTexts(order))
      }),
    )
  })
})

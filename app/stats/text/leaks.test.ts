import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../random.ts'
import { LeakIndex } from './leaks.ts'

const words = (count: number, seed: number) => {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => `w${Math.floor(random.uniform() * 2_000)}`)
}
const texts = Array.from({ length: 50 }, (_, i) => words(40, i + 1).join(' '))
const index = new LeakIndex([...texts, 'Is it covered?'])

const found = (text: string) => {
  const scan = index.scan()
  scan.read(text, 1)
  return scan.end()
}

describe('looking for texts in a file', () => {
  it('finds nothing in text of the same words in another order', () => {
    expect(found(words(50_000, 99).join(' ')).filter(({ share, near }) => share > 0 || near >= 0.5)).toEqual([])
  })

  it('finds a whole copy wrapped over lines, in capitals, with other punctuation, and says where', () => {
    const copy = (texts[7] ?? '').toUpperCase().replaceAll(/(\S+ \S+ \S+ \S+ \S+) /g, '$1,\n')
    const file = `${words(300, 205).join('\n')}\n${copy}\n${words(300, 206).join(' ')}`
    expect(found(file)).toEqual([
      { text: 7, share: 1, runs: 33, firstLine: 301, lastLine: 307, near: 1, nearLine: expect.any(Number) },
    ])
  })

  it('finds copies inside JSON inside JSON', () => {
    const file = JSON.stringify({ prompt: JSON.stringify({ shots: [`Q:\n${texts[3]}\n\nA:\t"yes"`] }) })
    expect(found(file)).toMatchObject([{ text: 3, share: 1, firstLine: 1 }])
  })

  it('finds a copy of which every sixth word was changed, though no run of eight is left', () => {
    const changed = (texts[20] ?? '')
      .split(' ')
      .map((word, i) => (i % 6 === 5 ? `other${i}` : word))
      .join(' ')
    const [leak, ...others] = found(`${words(500, 203).join(' ')} ${changed} ${words(500, 204).join(' ')}`)
    expect(others).toEqual([])
    expect(leak).toMatchObject({ text: 20, share: 0 })
    expect(leak?.near).toBeGreaterThanOrEqual(0.5)
  })

  it('finds half of a text, and says how much', () => {
    const half = (texts[11] ?? '').split(' ').slice(0, 20).join(' ')
    expect(found(half)).toMatchObject([{ text: 11, runs: 13, share: 13 / 33 }])
  })

  it('leaves out what is too short to be told from chance, and says so', () => {
    expect(index.tooShort).toEqual([50])
    expect(found('Is it covered? '.repeat(100))).toEqual([])
  })

  it('finds the same however the file comes in pieces of whole lines', () => {
    const file = [words(30, 1), words(90, 260), words(40, 2), words(12, 261)].map((line) => line.join(' '))
    const lines = file.flatMap((line) => line.split(/(?<=(?:\S+ ){7})/))
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: lines.length }), (sizes) => {
        const scan = index.scan()
        let at = 0
        for (const size of sizes) {
          if (at >= lines.length) break
          scan.read(lines.slice(at, at + size).join('\n'), at + 1)
          at += size
        }
        const runs = scan.end().map(({ text, runs: n, firstLine }) => [text, n, firstLine])
        expect(runs).toEqual([
          [0, 23, 1],
          [1, 33, expect.any(Number)],
        ])
      }),
    )
  })
})

import { expect, it } from 'vitest'
import { KeptTexts } from './kept.ts'

const texts = (limit: number) => new KeptTexts<string>(limit, (text) => 2 * text.length)

it('gives back what was kept and forgets the longest unused first', () => {
  const kept = texts(3 * (2 + 20))
  for (const key of ['a', 'b', 'c']) kept.set(key, key.repeat(10))
  expect(kept.get('a')).toBe('aaaaaaaaaa')
  kept.set('d', 'dddddddddd')
  expect(kept.get('b')).toBeUndefined()
  expect(kept.get('a')).toBe('aaaaaaaaaa')
  expect(kept.bytes).toBe(66)
})

it('counts a replaced text once and refuses one that is larger than everything', () => {
  const kept = texts(100)
  kept.set('a', 'x'.repeat(10))
  kept.set('a', 'y'.repeat(20))
  expect(kept.bytes).toBe(42)
  kept.set('b', 'z'.repeat(60))
  expect(kept.get('b')).toBeUndefined()
  expect(kept.get('a')).toBe('y'.repeat(20))
})

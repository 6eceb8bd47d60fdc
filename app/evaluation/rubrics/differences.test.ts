import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RubricContent } from './content.ts'
import { differencesBetween, type Piece, piecesOf } from './differences.ts'

const sideOf = (pieces: readonly Piece[], not: 'added' | 'removed') =>
  pieces.map(({ kind, text }) => (kind === not ? '' : text)).join('')

describe('two texts word by word', () => {
  it('give each text back, whatever they are', () => {
    const text = fc.oneof(fc.lorem({ maxCount: 20 }), fc.string({ unit: 'grapheme', maxLength: 60 }))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = piecesOf(before, after)
        expect(sideOf(pieces, 'added')).toBe(before)
        expect(sideOf(pieces, 'removed')).toBe(after)
      }),
    )
  })

  it('share the words that stayed', () => {
    expect(piecesOf('The main statement is true.', 'The main statements are true.')).toEqual([
      { kind: 'same', text: 'The main ' },
      expect.anything(),
      expect.anything(),
      expect.anything(),
      expect.anything(),
      expect.anything(),
      { kind: 'same', text: ' true.' },
    ])
  })

  it('stand one after the other where next to nothing stayed', () => {
    const [before, after] = ['Wrong on what was asked for.', 'Members could not act on this, a danger.']
    expect(piecesOf(before, after)).toEqual([
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ])
  })
})

describe('two versions side by side', () => {
  const levels = [
    { value: 1, label: 'Low', anchor: 'Bad.' },
    { value: 2, anchor: 'Good.', examples: ['So.'] },
  ]
  const before: RubricContent = {
    dimensions: [
      { key: 'a', name: 'A', levels },
      { key: 'b', name: 'B', levels },
      { key: 'c', name: 'C', levels },
    ],
  }
  const after: RubricContent = {
    dimensions: [
      { key: 'd', name: 'D', levels },
      { key: 'a', name: 'A', levels: [...levels, { value: 3, anchor: 'Best.' }], weight: 2, rationaleAtOrBelow: 1 },
      { key: 'b', name: 'B', levels },
    ],
  }

  it('show what differs, all of what is in one only, and nothing of what is the same', () => {
    const shown = differencesBetween(before, after)
    expect(shown.map(({ key, is, places }) => [key, is, places.before, places.after])).toEqual([
      ['d', 'added', null, 1],
      ['a', 'changed', 1, 2],
      ['b', 'same', 2, 3],
      ['c', 'removed', 3, null],
    ])
    const whats = shown.map(({ texts }) => texts.map(({ what }) => what))
    expect(whats).toEqual([
      ['Level 1', 'Level 2', 'Level 2, example 1'],
      ['Weight', 'Note', 'Level 3'],
      [],
      ['Level 1', 'Level 2', 'Level 2, example 1'],
    ])
    expect(shown[1]?.texts[2]?.pieces).toEqual([{ kind: 'added', text: 'Best.' }])
  })
})

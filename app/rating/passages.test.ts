import { expect, test } from 'vitest'
import { findAll, piecesOf, placeOf, trimmed, wholeWords } from './passages.ts'

test('finds words in any case and across any white space', () => {
  const text = 'Within 90\n days. WITHIN 90 days; within 190 days.'
  expect(findAll(text, ' within  90 DAYS ').map(({ start, end }) => text.slice(start, end))).toEqual([
    'Within 90\n days',
    'WITHIN 90 days',
  ])
})

test('takes what is typed literally', () => {
  expect(findAll('costs $1.00 (a+b) [x] a/b', '$1.00 (a+b)')).toEqual([{ start: 6, end: 17 }])
  expect(findAll('costs $1200', '$1.00')).toEqual([])
  expect(findAll('a/b {c} \\d 5', '\\d')).toEqual([{ start: 8, end: 10 }])
})

test('nothing typed finds nothing', () => {
  expect(findAll('text', '  ')).toEqual([])
})

test('offsets stay true beside letters whose lower case is longer', () => {
  const text = 'İstanbul, days'
  expect(findAll(text, 'days')).toEqual([{ start: 10, end: 14 }])
})

test('trims white space off a selection', () => {
  expect(trimmed('ab  cd \n', { start: 2, end: 8 })).toEqual({ start: 4, end: 6 })
  expect(trimmed('ab  cd', { start: 2, end: 4 })).toBeNull()
})

test('a selection that cuts a word takes the whole of it', () => {
  const text = 'the network percentage, 90 %'
  expect(wholeWords(text, { start: 5, end: 20 })).toEqual({ start: 4, end: 22 })
  expect(wholeWords(text, { start: 4, end: 11 })).toEqual({ start: 4, end: 11 })
  expect(wholeWords(text, { start: 24, end: 25 })).toEqual({ start: 24, end: 26 })
  expect(wholeWords('これは例文です', { start: 2, end: 4 })).toEqual({ start: 2, end: 4 })
})

test('a passage is where it was, or where its words are now', () => {
  const text = 'one two one'
  expect(placeOf(text, { start: 8, end: 11, quote: 'one' })).toEqual({ start: 8, end: 11 })
  expect(placeOf(text, { start: 7, end: 10, quote: 'one' })).toEqual({ start: 8, end: 11 })
  expect(placeOf(text, { start: 1, end: 4, quote: 'one' })).toEqual({ start: 0, end: 3 })
  expect(placeOf(text, { start: 0, end: 5, quote: 'three' })).toBeNull()
})

test('spreads a span over pieces of text', () => {
  expect(piecesOf([4, 0, 3, 5], { start: 2, end: 8 })).toEqual([
    { piece: 0, start: 2, end: 4 },
    { piece: 2, start: 0, end: 3 },
    { piece: 3, start: 0, end: 1 },
  ])
  expect(piecesOf([4, 4], { start: 4, end: 8 })).toEqual([{ piece: 1, start: 0, end: 4 }])
})

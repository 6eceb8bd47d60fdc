import { expect, test } from 'vitest'
import { emptyContent } from '#app/evaluation/ratings/content.ts'
import { rubric, scored } from '#tests/support/rating.ts'
import { leftInWords, missingIn } from './missing.ts'

test('an empty entry lacks a score for every dimension, first one first', () => {
  const missing = missingIn(rubric, emptyContent(), false)
  expect(missing.map(({ what, dimension }) => [what, dimension])).toEqual([
    ['score', 'accuracy'],
    ['score', 'groundedness'],
    ['score', 'tone'],
  ])
  expect(leftInWords(missing)).toBe('3 left to score')
})

test('a whole entry lacks nothing', () => {
  expect(missingIn(rubric, scored(3), false)).toEqual([])
  expect(leftInWords([])).toBe('Ready to submit')
})

test('a note is asked for only where the dimension says so, and white space is none', () => {
  const low = scored(2)
  expect(missingIn(rubric, low, false).map(({ what, dimension }) => [what, dimension])).toEqual([['note', 'accuracy']])
  low.scores.accuracy = { level: 2, cannotJudge: null, note: ' \n' }
  expect(missingIn(rubric, low, false)).toHaveLength(1)
  low.scores.accuracy = { level: 2, cannotJudge: null, note: 'Wrong limit.' }
  expect(missingIn(rubric, low, false)).toEqual([])
})

test('cannot judge needs its why', () => {
  const content = scored(3)
  content.scores.tone = { level: null, cannotJudge: '', note: '' }
  expect(missingIn(rubric, content, false).map(({ what }) => what)).toEqual(['why'])
  content.scores.tone = { level: null, cannotJudge: 'Not my field.', note: '' }
  expect(missingIn(rubric, content, false)).toEqual([])
})

test('the closest reference is asked for where the references were seen', () => {
  expect(missingIn(rubric, scored(3), true).map(({ what }) => what)).toEqual(['closest'])
  expect(missingIn(rubric, { ...scored(3), closest: 'below' }, true)).toEqual([])
})

test('what is left is told in words', () => {
  const content = scored(2)
  delete content.scores.tone
  expect(leftInWords(missingIn(rubric, content, true))).toBe(
    '1 left to score, 1 note to write, closest reference to choose',
  )
})

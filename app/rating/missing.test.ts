import { expect, test } from 'vitest'
import { emptyContent } from '#app/evaluation/ratings/content.ts'
import { item, rubric, scored } from '#tests/support/shown.ts'
import { leftInWords, missingIn } from './missing.ts'

const plain = item('a')
const both = item('a', {
  references: [
    { quality: 'high', html: '' },
    { quality: 'borderline', html: '' },
  ],
})
const kinds = (...given: Parameters<typeof missingIn>) => missingIn(...given).map(({ what }) => what)

test('an empty entry lacks a score for every dimension, first one first', () => {
  const missing = missingIn(rubric, plain, emptyContent())
  expect(missing.map(({ what, dimension }) => [what, dimension])).toEqual([
    ['score', 'accuracy'],
    ['score', 'groundedness'],
    ['score', 'tone'],
  ])
  expect(missing[0]?.say).toContain('accuracy')
  expect(leftInWords(missing)).toBe('3 left to score')
})

test('a whole entry lacks nothing', () => {
  expect(missingIn(rubric, plain, scored(3))).toEqual([])
  expect(leftInWords([])).toBe('Ready to submit')
})

test('a note is asked for where the dimension says so, and white space is none', () => {
  const low = scored(2)
  expect(missingIn(rubric, plain, low).map(({ what, dimension }) => [what, dimension])).toEqual([['note', 'accuracy']])
  low.scores.accuracy = { level: 2, cannotJudge: null, note: ' \n' }
  expect(missingIn(rubric, plain, low)).toHaveLength(1)
  low.scores.accuracy = { level: 2, cannotJudge: null, note: 'Wrong limit.' }
  expect(missingIn(rubric, plain, low)).toEqual([])
})

test('cannot judge needs its why', () => {
  const content = scored(3)
  content.scores.tone = { level: null, cannotJudge: '', note: '' }
  expect(kinds(rubric, plain, content)).toEqual(['why'])
  content.scores.tone = { level: null, cannotJudge: 'Not my field.', note: '' }
  expect(missingIn(rubric, plain, content)).toEqual([])
})

test('the closest reference is asked for where references of both qualities are shown', () => {
  expect(kinds(rubric, both, scored(3))).toEqual(['closest'])
  expect(missingIn(rubric, both, { ...scored(3), closest: 'below' })).toEqual([])
  expect(missingIn(rubric, item('a', { references: [{ quality: 'high', html: '' }] }), scored(3))).toEqual([])
})

test('references that follow have to be looked at', () => {
  expect(kinds(rubric, item('a', { referencesFollow: true }), scored(3))).toEqual(['references'])
  expect(kinds(rubric, { ...both, referencesFollow: true }, scored(3))).toEqual(['closest'])
})

test('what is left is told in words, scores first', () => {
  const content = scored(2)
  expect(leftInWords(missingIn(rubric, both, content))).toBe('1 note to write, closest reference to choose')
  delete content.scores.tone
  expect(leftInWords(missingIn(rubric, both, content))).toBe('1 left to score')
})

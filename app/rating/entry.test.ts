import { expect, test } from 'vitest'
import { emptyContent } from '#app/evaluation/ratings/content.ts'
import { rubric, scored } from '#tests/support/shown.ts'
import { type Change, CLOSEST_ROW, changed, type Entry, entryOf, isScored, scoreOf } from './entry.ts'

const fresh = () => entryOf(rubric, emptyContent())
const after = (entry: Entry, ...changes: Change[]) =>
  changes.reduce((now, change) => changed(now, rubric, change), entry)
const evidence = { dimension: 'tone', source: 'response', start: 1, end: 5, quote: 'word' } as const

test('begins on the first dimension that has no score', () => {
  expect(fresh().current).toBe('accuracy')
  const content = scored(3)
  delete content.scores.groundedness
  expect(entryOf(rubric, content).current).toBe('groundedness')
  expect(entryOf(rubric, scored(3)).current).toBe('accuracy')
})

test('a score moves on to the next unscored dimension, round the end', () => {
  let entry = after(fresh(), { type: 'score', dimension: 'groundedness', level: 2 })
  expect(entry.current).toBe('tone')
  entry = after(entry, { type: 'score', dimension: 'tone', level: 4 })
  expect(entry.current).toBe('accuracy')
  entry = after(entry, { type: 'score', dimension: 'accuracy', level: 1 })
  expect(entry.current).toBe('accuracy')
  expect(rubric.dimensions.map(({ id }) => scoreOf(entry.content, id).level)).toEqual([1, 2, 4])
})

test('a score can be given without moving on', () => {
  const entry = after(fresh(), { type: 'score', dimension: 'accuracy', level: 2, stay: true })
  expect(entry.current).toBe('accuracy')
})

test('a new score keeps the note, and takes cannot judge back', () => {
  const entry = after(
    fresh(),
    { type: 'note', dimension: 'tone', text: 'Curt.' },
    { type: 'cannot judge', dimension: 'tone' },
    { type: 'why', dimension: 'tone', text: 'Not my field.' },
    { type: 'score', dimension: 'tone', level: 2 },
  )
  expect(scoreOf(entry.content, 'tone')).toEqual({ level: 2, cannotJudge: null, note: 'Curt.' })
})

test('cannot judge takes the level back and stays for the why', () => {
  const entry = after(
    fresh(),
    { type: 'score', dimension: 'tone', level: 2 },
    { type: 'cannot judge', dimension: 'tone' },
  )
  expect(scoreOf(entry.content, 'tone')).toEqual({ level: null, cannotJudge: '', note: '' })
  expect(entry.current).toBe('tone')
  expect(isScored(entry.content, 'tone')).toBe(true)
  expect(after(entry, { type: 'score', dimension: 'groundedness', level: 1 }).current).toBe('accuracy')
})

test('the closest reference is the last row where it is asked for', () => {
  const all = rubric.dimensions.map(({ id }): Change => ({ type: 'score', dimension: id, level: 3 }))
  const through = (changes: Change[], asks: boolean) =>
    changes.reduce((now, change) => changed(now, rubric, change, asks), fresh())
  expect(through(all, false).current).toBe('tone')
  const scored = through(all, true)
  expect(scored.current).toBe(CLOSEST_ROW)
  expect(changed(scored, rubric, { type: 'closest', closest: 'below' }, true).current).toBe(CLOSEST_ROW)
  expect(changed(scored, rubric, { type: 'step', by: -1 }, true).current).toBe('tone')
  expect(through([{ type: 'closest', closest: 'high' }], true).current).toBe('accuracy')
})

test('undo goes back score by score, and not past the first', () => {
  const entry = after(
    fresh(),
    { type: 'score', dimension: 'accuracy', level: 1 },
    { type: 'score', dimension: 'accuracy', level: 4 },
    { type: 'cannot judge', dimension: 'tone' },
  )
  const once = after(entry, { type: 'undo' })
  expect(isScored(once.content, 'tone')).toBe(false)
  expect(once.current).toBe('tone')
  const twice = after(once, { type: 'undo' })
  expect(scoreOf(twice.content, 'accuracy').level).toBe(1)
  const thrice = after(twice, { type: 'undo' })
  expect(isScored(thrice.content, 'accuracy')).toBe(false)
  expect(after(thrice, { type: 'undo' })).toBe(thrice)
})

test('moving stops at both ends and changes nothing else', () => {
  const entry = fresh()
  expect(after(entry, { type: 'step', by: -1 })).toBe(entry)
  const last = after(entry, { type: 'step', by: 1 }, { type: 'step', by: 1 }, { type: 'step', by: 1 })
  expect(last.current).toBe('tone')
  expect(last.changes).toBe(0)
})

test('the same passage is attached once to a dimension, and taken off again', () => {
  const entry = after(fresh(), { type: 'attach', evidence }, { type: 'attach', evidence: { ...evidence } })
  expect(entry.content.evidence).toEqual([evidence])
  const both = after(entry, { type: 'attach', evidence: { ...evidence, dimension: 'accuracy' } })
  expect(both.content.evidence).toHaveLength(2)
  expect(after(both, { type: 'detach', evidence }).content.evidence.map(({ dimension }) => dimension)).toEqual([
    'accuracy',
  ])
})

test('every change to the content is counted, and the former entry is left as it was', () => {
  const entry = fresh()
  const next = after(entry, { type: 'closest', closest: 'high' }, { type: 'better answer', text: 'Better.' })
  expect(next.changes).toBe(2)
  expect(next.content).toMatchObject({ closest: 'high', betterAnswer: 'Better.' })
  expect(entry.content).toEqual(emptyContent())
})

import { expect, test } from 'vitest'
import type { Hand } from '#app/evaluation/queue/shown.ts'
import { emptyContent } from '#app/evaluation/ratings/content.ts'
import { item, rubric, scored } from '#tests/support/shown.ts'
import { CLOSEST_ROW } from './entry.ts'
import { entryOnScreen, type Session, type Step, startSession, stepped } from './session.ts'

const progress = { done: 0, left: 9, skipped: 0, secondsLeft: 900 }
const handOf = (order: string[], sent = order): Hand => ({ order, items: sent.map((id) => item(id)), progress })
const newest = () => null
const after = (session: Session, ...steps: Step[]) => steps.reduce((now, step) => stepped(now, rubric, step), session)
const start = (...order: string[]) => startSession(rubric, handOf(order))
const onHand = (session: Session) => session.items.map(({ assignment }) => assignment)
const score: Step = { type: 'change', change: { type: 'score', dimension: 'tone', level: 2 } }

test('starts with the hand in its order, and goes on from the drafts that come with it', () => {
  const hand = handOf(['a', 'b'])
  hand.items[0] = item('a', { draft: { content: scored(4), savedAt: 1 } })
  const session = startSession(rubric, hand)
  expect(onHand(session)).toEqual(['a', 'b'])
  expect(entryOnScreen(session)?.content).toEqual(scored(4))
  expect(session.entries.b?.content).toEqual(emptyContent())
})

test('submitting shows the next item at once; the answer brings one more behind it', () => {
  let session = after(start('a', 'b'), score, { type: 'submit', content: scored(2), parcel: 'p' })
  expect(onHand(session)).toEqual(['b'])
  expect(session.last).toMatchObject({ parcel: 'p', rating: null })
  session = after(session, score, { type: 'hand', hand: handOf(['b', 'c'], ['c']), newest })
  expect(onHand(session)).toEqual(['b', 'c'])
  expect(entryOnScreen(session)?.content.scores.tone?.level).toBe(2)
})

test('an answer that still names an item on its way does not bring it back', () => {
  const session = after(
    start('a', 'b'),
    { type: 'submit', content: scored(), parcel: 'p' },
    { type: 'submit', content: scored(), parcel: 'q' },
    { type: 'delivered', assignment: 'a', parcel: 'p', rating: 'r' },
    { type: 'hand', hand: handOf(['b', 'c'], ['c']), newest },
  )
  expect(onHand(session)).toEqual(['c'])
  expect(session.last).toMatchObject({ parcel: 'q', rating: null })
})

test('the item on screen stays there whatever order an answer has, even when it is no longer in hand', () => {
  const session = after(start('a'), { type: 'hand', hand: handOf(['b', 'a'], ['b']), newest })
  expect(onHand(session)).toEqual(['a', 'b'])
  expect(onHand(after(session, { type: 'hand', hand: handOf(['b'], []), newest }))).toEqual(['a', 'b'])
  expect(onHand(after(session, { type: 'hand', hand: handOf(['a'], []), newest }))).toEqual(['a'])
})

test('a submission taken back is on screen again with all that was entered', () => {
  const sent = after(start('a', 'b'), { type: 'submit', content: scored(2), parcel: 'p' }, score)
  const local = after(sent, { type: 'take back', hand: null })
  expect(onHand(local)).toEqual(['a', 'b'])
  expect(entryOnScreen(local)?.content).toEqual(scored(2))
  expect(local.entries.b?.content.scores.tone?.level).toBe(2)
  expect(local).toMatchObject({ last: null, sentOff: [] })
  const remote = after(sent, { type: 'take back', hand: handOf(['a', 'b', 'c'], ['c']) })
  expect(onHand(remote)).toEqual(['a', 'b', 'c'])
  expect(entryOnScreen(remote)?.content).toEqual(scored(2))
})

test('a submission that has settled cannot be taken back; a later one still can', () => {
  const sent = after(start('a', 'b'), { type: 'submit', content: scored(), parcel: 'p' })
  expect(after(sent, { type: 'settle', parcel: 'other' }).last).not.toBeNull()
  const settled = after(sent, { type: 'settle', parcel: 'p' })
  expect(after(settled, { type: 'take back', hand: null })).toBe(settled)
})

test('a skipped item is gone and leaves the last submission to be taken back', () => {
  const session = after(start('a', 'b', 'c'), { type: 'submit', content: scored(), parcel: 'p' }, { type: 'skip' })
  expect(onHand(session)).toEqual(['c'])
  expect(session.last?.item.assignment).toBe('a')
})

test('an item of no more use makes room for the next and is no longer held back', () => {
  const session = after(start('a', 'b'), { type: 'drop' })
  expect(onHand(session)).toEqual(['b'])
  expect(session.sentOff).toEqual([])
})

test('a skipped item may come back once the skip has arrived', () => {
  const session = after(
    start('a'),
    { type: 'skip' },
    { type: 'delivered', assignment: 'a', parcel: 'p', rating: null },
    { type: 'hand', hand: handOf(['a']), newest },
  )
  expect(onHand(session)).toEqual(['a'])
})

test('a page resumes with the browser’s newer drafts, without what was submitted already', () => {
  const session = after(start('a', 'b'), { type: 'resume', newest: () => scored(1), sentOff: ['a'] })
  expect(onHand(session)).toEqual(['b'])
  expect(entryOnScreen(session)?.content).toEqual(scored(1))
  expect(onHand(after(session, { type: 'hand', hand: handOf(['a', 'b']), newest }))).toEqual(['b'])
})

test('taking an item over from another tab takes what was entered there', () => {
  const hand = handOf(['a'])
  hand.items[0] = item('a', { draft: { content: scored(4), savedAt: 1 } })
  const served = ({ draft }: { draft: { content: ReturnType<typeof scored> } | null }) => draft?.content ?? null
  const kept = after(start('a'), score, { type: 'hand', hand, newest: served })
  expect(entryOnScreen(kept)?.content.scores.tone?.level).toBe(2)
  const taken = after(kept, { type: 'hand', hand, newest: served, afresh: true })
  expect(entryOnScreen(taken)?.content).toEqual(scored(4))
})

test('once both kinds of reference are shown the reader is asked for the closest', () => {
  const references = (['high', 'borderline'] as const).map((quality) => ({ quality, html: '' }))
  const session = after(start('a'), { type: 'reveal', assignment: 'a', references })
  expect(entryOnScreen(session)?.current).toBe(CLOSEST_ROW)
})

test('revealed references belong to their item', () => {
  const references = [{ quality: 'high' as const, html: '<p>Good.</p>' }]
  const session = after(start('a', 'b'), { type: 'reveal', assignment: 'a', references })
  expect(session.items.map((one) => one.references)).toEqual([references, null])
})

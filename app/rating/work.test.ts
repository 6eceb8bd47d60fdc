import { expect, test } from 'vitest'
import type { Hand, ShownItem } from '#app/evaluation/queue/shown.ts'
import { emptyContent } from '#app/evaluation/ratings/content.ts'
import { item, memoryKeep, rubric } from '#tests/support/shown.ts'
import type { Answered, Asked, Failure, Outcome, Route } from './client.ts'
import { DraftKeeper } from './drafts.ts'
import { Outbox, type Parcel } from './outbox.ts'
import { entryOnScreen } from './session.ts'
import { UNDO_MS, Work } from './work.ts'

const progress = { done: 0, left: 9, skipped: 0, secondsLeft: 900 }
const handOf = (order: string[], sent = order): Hand => ({ order, items: sent.map((id) => item(id)), progress })
const submitted = (rating: string, hand: Hand) => ({ ...hand, rating, undoUntil: 0 })
const settle = () => new Promise((resolve) => setImmediate(resolve))
const away: Failure = { why: 'away', code: 'away', message: 'The server cannot be reached.' }
const refused = (code: string): Failure => ({ why: 'refused', code, message: `Refused: ${code}.` })

type Call = { route: Route; body: Asked[Route]; answer: (value: unknown) => Promise<unknown> }

/** A page on one hand, against a server that answers as the test says. */
function page(hand: Hand, keep = memoryKeep(), isOpen = true) {
  const calls: Call[] = []
  const waits: { ms: number; fn: () => void; off: boolean }[] = []
  let ids = 0
  const ask = <R extends Route>(route: R, body: Asked[R]) =>
    new Promise<Outcome<Answered[R]>>((resolve) => {
      const answer = (value: unknown) => {
        const failed = typeof value === 'object' && value !== null && 'why' in value
        resolve((failed ? { ok: false, failure: value } : { ok: true, value }) as Outcome<Answered[R]>)
        return settle()
      }
      calls.push({ route, body, answer })
    })
  const later = (ms: number, fn: () => void) => {
    const wait = { ms, fn, off: false }
    waits.push(wait)
    return () => {
      wait.off = true
    }
  }
  const send = (parcel: Parcel) => ask(parcel.route, { ...parcel.body, known: [] } as Asked[Parcel['route']])
  const outbox = new Outbox({ keep, rater: 'me', send, later })
  const save = (assignment: string, content: Asked['draft']['content']) => ask('draft', { assignment, content })
  const keeper = new DraftKeeper({ keep, rater: 'me', save, later, now: () => 1 })
  let known: string[] = []
  const work = new Work(
    {
      base: '/r',
      rubric,
      isOpen,
      ask,
      outbox: () => outbox,
      keeper,
      time: { begin: () => {}, read: () => 1234 },
      setKnown: (now) => {
        known = now
      },
      later,
      newId: () => `id${ids++}`,
    },
    hand,
  )
  work.start()
  const call = (route: Route): Call => {
    const at = calls.findIndex((one) => one.route === route)
    const [found] = at < 0 ? [] : calls.splice(at, 1)
    if (!found) throw new Error(`nothing was asked of ${route}; asked: ${calls.map((one) => one.route).join(', ')}`)
    return found
  }
  const scoreAll = (level = 3) => {
    for (const { id } of rubric.dimensions) work.change({ type: 'score', dimension: id, level })
  }
  const onHand = () => work.state.session.items.map(({ assignment }: ShownItem) => assignment)
  return { work, calls, call, waits, scoreAll, onHand, outbox, keep, known: () => known }
}

test('an incomplete rating is not sent: what is missing is told', () => {
  const { work, calls, onHand } = page(handOf(['a', 'b']))
  work.change({ type: 'score', dimension: 'accuracy', level: 3 })
  expect(work.submit()).toMatchObject({ what: 'score', dimension: 'groundedness' })
  expect(work.state.told?.text).toContain('groundedness')
  expect(onHand()).toEqual(['a', 'b'])
  expect(calls.filter(({ route }) => route === 'submit')).toEqual([])
})

test('a whole rating is sent with the time spent, and the next item is there before any answer', async () => {
  const { work, call, scoreAll, onHand, known } = page(handOf(['a', 'b']))
  scoreAll()
  expect(work.submit()).toBeNull()
  expect(onHand()).toEqual(['b'])
  expect(known()).toEqual(['b'])
  const sent = call('submit')
  expect(sent.body).toMatchObject({ assignment: 'a', submissionId: 'id0', content: { activeMs: 1234 } })
  await sent.answer(submitted('r1', handOf(['b', 'c'], ['c'])))
  expect(onHand()).toEqual(['b', 'c'])
})

test('pressing submit again at once does not send the unseen item', () => {
  const { work, calls, scoreAll, onHand } = page(handOf(['a', 'b']))
  scoreAll()
  work.submit()
  expect(work.submit()).toMatchObject({ what: 'score' })
  expect(onHand()).toEqual(['b'])
  expect(calls.filter(({ route }) => route === 'submit')).toHaveLength(1)
})

test('offline, every item in hand can be rated, and all are sent when the network is back', async () => {
  const { work, call, scoreAll, onHand, outbox, keep } = page(handOf(['a', 'b']))
  scoreAll()
  work.submit()
  await call('submit').answer(away)
  scoreAll()
  work.submit()
  expect(onHand()).toEqual([])
  expect(keep.keys('assay:outbox:me:')).toHaveLength(2)
  outbox.wake()
  await call('submit').answer(submitted('r1', handOf(['b', 'c'], ['c'])))
  expect(onHand()).toEqual(['c'])
  await call('submit').answer(submitted('r2', handOf(['c', 'd'], ['d'])))
  expect(onHand()).toEqual(['c', 'd'])
  expect(outbox.state.parcels).toEqual([])
})

test('a page that is loaded again does not show what was submitted and not sent yet', () => {
  const first = page(handOf(['a', 'b']))
  first.scoreAll()
  first.work.submit()
  expect(page(handOf(['a', 'b']), first.keep).onHand()).toEqual(['b'])
})

test('a page that is loaded again goes on from the draft this browser kept', () => {
  const first = page(handOf(['a']))
  first.work.change({ type: 'note', dimension: 'tone', text: 'Curt.' })
  const { work } = page(handOf(['a']), first.keep)
  expect(entryOnScreen(work.state.session)?.content.scores.tone?.note).toBe('Curt.')
})

test('undo takes back scores first, then the submission, wherever it is', async () => {
  const { work, call, scoreAll, onHand } = page(handOf(['a', 'b']))
  scoreAll(3)
  work.submit()
  work.change({ type: 'score', dimension: 'tone', level: 1 })
  await work.undo()
  expect(entryOnScreen(work.state.session)?.content.scores.tone?.level).toBeNull()
  await call('submit').answer(submitted('r1', handOf(['b', 'c'], ['c'])))
  const undone = work.undo()
  await settle()
  const asked = call('undo')
  expect(asked.body).toMatchObject({ assignment: 'a', known: ['b', 'c'] })
  await asked.answer(handOf(['a', 'b', 'c'], []))
  await undone
  expect(onHand()).toEqual(['a', 'b', 'c'])
  expect(entryOnScreen(work.state.session)?.content.scores.tone?.level).toBe(3)
})

test('a submission that has not left the browser is taken back without the server', async () => {
  const { work, call, calls, scoreAll, onHand, outbox } = page(handOf(['a', 'b']))
  scoreAll()
  work.submit()
  await call('submit').answer(away)
  await work.undo()
  expect(onHand()).toEqual(['a', 'b'])
  expect(outbox.state.parcels).toEqual([])
  expect(calls.filter(({ route }) => route === 'undo')).toEqual([])
})

test('while a submission is on its way, undo waits for it and nothing can be entered', async () => {
  const { work, call, scoreAll, onHand } = page(handOf(['a', 'b']))
  scoreAll()
  work.submit()
  const undone = work.undo()
  work.change({ type: 'score', dimension: 'tone', level: 1 })
  expect(entryOnScreen(work.state.session)?.content.scores.tone).toBeUndefined()
  await call('submit').answer(submitted('r1', handOf(['b'], [])))
  await call('undo').answer(handOf(['a', 'b'], []))
  await undone
  expect(onHand()).toEqual(['a', 'b'])
  expect(work.state.busy).toBe(false)
})

test('half a minute after it arrived a submission can no longer be taken back', async () => {
  const { work, call, waits, scoreAll } = page(handOf(['a', 'b']))
  scoreAll()
  work.submit()
  await call('submit').answer(submitted('r1', handOf(['b'], [])))
  const wait = waits.find(({ ms, off }) => ms === UNDO_MS && !off)
  wait?.fn()
  expect(work.state.session.last).toBeNull()
  await work.undo()
  expect(work.state.told?.text).toContain('nothing to undo')
})

test('a rating that is refused is kept, and comes back into the hand when it can be had', async () => {
  const { work, call, scoreAll, onHand, outbox } = page(handOf(['a', 'b']))
  scoreAll(2)
  work.change({ type: 'note', dimension: 'accuracy', text: 'Wrong limit.' })
  work.submit()
  await call('submit').answer(refused('incomplete'))
  const [parcel] = outbox.state.parcels
  expect(parcel?.refused?.code).toBe('incomplete')
  const reopened = work.reopen(parcel as Parcel<'submit'>)
  await call('next').answer(handOf(['a', 'b'], ['a']))
  await reopened
  expect(onHand()).toEqual(['b', 'a'])
  expect(work.state.session.entries.a?.content.scores.accuracy?.note).toBe('Wrong limit.')
  expect(outbox.state.parcels).toEqual([])
})

test('a rating that is refused stays listed when others have the item', async () => {
  const { work, call, scoreAll, outbox } = page(handOf(['a', 'b']))
  scoreAll()
  work.submit()
  await call('submit').answer(refused('lease-expired'))
  const reopened = work.reopen(outbox.state.parcels[0] as Parcel<'submit'>)
  await call('next').answer(handOf(['b'], []))
  await reopened
  expect(outbox.state.parcels).toHaveLength(1)
  expect(work.state.told?.tone).toBe('bad')
})

test('references are shown only when every dimension is scored, and then the closest is asked for', async () => {
  const hand = handOf(['a'])
  hand.items[0] = item('a', { referencesFollow: true })
  const { work, call, scoreAll } = page(hand)
  expect(await work.reveal()).toBe(false)
  expect(work.state.told?.text).toContain('Score every dimension first')
  scoreAll()
  expect(work.submit()).toMatchObject({ what: 'references' })
  const revealed = work.reveal()
  const references = [
    { quality: 'high', html: 'h' },
    { quality: 'borderline', html: 'b' },
  ]
  await call('reveal').answer({ references })
  expect(await revealed).toBe(true)
  expect(work.missing().map(({ what }) => what)).toEqual(['closest'])
  work.change({ type: 'closest', closest: 'high' })
  expect(work.submit()).toBeNull()
})

test('a skipped item makes room at once; skipped items can be taken up again', async () => {
  const { work, call, onHand } = page(handOf(['a']))
  work.skip('Not my field.')
  expect(onHand()).toEqual([])
  await call('skip').answer(handOf([], []))
  const looked = work.look('take-up')
  await call('take-up').answer(handOf(['a']))
  await looked
  expect(onHand()).toEqual(['a'])
})

test('an item that went back to the queue is had again, or said to be gone', async () => {
  const { work, call } = page(handOf(['a', 'b']))
  const first = work.recover('a')
  await call('next').answer(handOf(['a', 'b'], []))
  await first
  expect(work.state.returned).toBe('')
  const second = work.recover('a')
  await call('next').answer(handOf(['b'], []))
  await second
  expect(work.state.returned).toBe('a')
})

test('an item open in another tab cannot be entered here until it is taken over with what was entered there', async () => {
  const { work, call } = page(handOf(['a', 'b']))
  work.lose()
  work.change({ type: 'score', dimension: 'tone', level: 1 })
  expect(entryOnScreen(work.state.session)?.content.scores).toEqual({})
  const taken = work.takeOver()
  const hand = handOf(['a', 'b'])
  hand.items[0] = item('a', { draft: { content: { ...emptyContent(), betterAnswer: 'From there.' }, savedAt: 9 } })
  await call('next').answer(hand)
  await taken
  expect(work.state.elsewhere).toBe(false)
  expect(entryOnScreen(work.state.session)?.content.betterAnswer).toBe('From there.')
})

test('an item that was submitted in another tab gives way to the next one', async () => {
  const { work, call, onHand } = page(handOf(['a', 'b']))
  work.lose()
  const taken = work.takeOver()
  await call('next').answer(handOf(['b', 'c'], ['b', 'c']))
  await taken
  expect(onHand()).toEqual(['b', 'c'])
})

test('an empty hand asks for work where there can be some', () => {
  expect(page(handOf([])).calls.map(({ route }) => route)).toEqual(['next'])
  expect(page(handOf([]), memoryKeep(), false).calls).toEqual([])
})

test('an answer that names an item the page does not have makes it ask for it', async () => {
  const { work, call, scoreAll, onHand } = page(handOf(['a']))
  scoreAll()
  work.submit()
  await call('submit').answer(submitted('r1', handOf(['x'], [])))
  await call('next').answer(handOf(['x']))
  expect(onHand()).toEqual(['x'])
})

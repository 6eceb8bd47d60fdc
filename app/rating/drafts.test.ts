import { expect, test } from 'vitest'
import type { Content } from '#app/evaluation/ratings/content.ts'
import { item, memoryKeep, scored } from '#tests/support/shown.ts'
import type { Failure, Outcome } from './client.ts'
import { DRAFT_AFTER_MS, DraftKeeper } from './drafts.ts'

const fail = (why: Failure['why']): Outcome<never> => ({ ok: false, failure: { why, code: why, message: why } })
const saved = (savedAt: number) => ({ ok: true, value: { savedAt } }) as const
const drafted = (content: Content, savedAt: number) => item('a', { draft: { content, savedAt } })

/** A keeper whose sending, waiting and clock the test decides about. */
function keeperWith(keep = memoryKeep()) {
  const sent: { assignment: string; level: number | null | undefined; leaving: boolean }[] = []
  const waits: { ms: number; fn: () => void; off: boolean }[] = []
  const answers: ((outcome: Outcome<{ savedAt: number }>) => void)[] = []
  const clock = { now: 1000 }
  const keeper = new DraftKeeper({
    keep,
    rater: 'me',
    save: (assignment, content, leaving) => {
      sent.push({ assignment, level: content.scores.tone?.level, leaving })
      return new Promise((resolve) => answers.push(resolve))
    },
    later: (ms, fn) => {
      const wait = { ms, fn, off: false }
      waits.push(wait)
      return () => {
        wait.off = true
      }
    },
    now: () => clock.now,
  })
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return {
    keeper,
    keep,
    sent,
    waits,
    clock,
    answer: (outcome: Outcome<{ savedAt: number }>) => {
      answers.shift()?.(outcome)
      return settle()
    },
    /** Lets the wait that is on come to its end. */
    elapse: () => {
      const wait = waits.filter(({ off }) => !off).at(-1)
      if (wait) wait.off = true
      wait?.fn()
    },
  }
}

const KEY = 'assay:draft:me:a'

test('many changes in a row are kept at once and sent once, the last of them', async () => {
  const { keeper, keep, sent, waits, answer, elapse } = keeperWith()
  keeper.begin(item('a'))
  for (const level of [1, 2, 3]) keeper.entered(scored(level))
  expect(keep.read<{ content: Content }>(KEY)?.content).toEqual(scored(3))
  expect(waits.filter(({ off }) => !off).map(({ ms }) => ms)).toEqual([DRAFT_AFTER_MS])
  elapse()
  expect(sent).toEqual([{ assignment: 'a', level: 3, leaving: false }])
  expect(keeper.state.phase).toBe('saving')
  await answer(saved(5))
  expect(keeper.state).toMatchObject({ phase: 'saved', savedAt: 1000 })
  expect(keep.read(KEY)).toBeNull()
})

test('what was entered while a save was on its way is sent after it', async () => {
  const { keeper, keep, sent, answer, elapse } = keeperWith()
  keeper.begin(item('a'))
  keeper.entered(scored(1))
  elapse()
  keeper.entered(scored(2))
  await answer(saved(5))
  expect(keep.read(KEY)).not.toBeNull()
  elapse()
  await answer(saved(6))
  expect(sent.map(({ level }) => level)).toEqual([1, 2])
  expect(keeper.state.phase).toBe('saved')
})

test('while the network is away it is kept here and tried again', async () => {
  const { keeper, keep, sent, waits, answer, elapse } = keeperWith()
  keeper.begin(item('a'))
  keeper.entered(scored(2))
  elapse()
  await answer(fail('away'))
  expect(keeper.state).toMatchObject({ phase: 'failed', failure: { why: 'away' } })
  elapse()
  await answer(fail('away'))
  expect(waits.filter(({ off }) => !off).map(({ ms }) => ms)).toEqual([2000])
  expect(keep.read(KEY)).not.toBeNull()
  await Promise.all([keeper.flush(), answer(saved(9))])
  expect(sent).toHaveLength(3)
  expect(keep.read(KEY)).toBeNull()
})

test('a draft that is refused is kept and not sent over and over', async () => {
  const { keeper, keep, waits, answer, elapse } = keeperWith()
  keeper.begin(item('a'))
  keeper.entered(scored(2))
  elapse()
  await answer(fail('refused'))
  expect(waits.every(({ off }) => off)).toBe(true)
  expect(keep.read(KEY)).not.toBeNull()
})

test('leaving sends at once, even with a save on its way', () => {
  const { keeper, sent, elapse } = keeperWith()
  keeper.begin(item('a'))
  keeper.entered(scored(1))
  elapse()
  keeper.entered(scored(4))
  void keeper.flush(true)
  expect(sent).toEqual([
    { assignment: 'a', level: 1, leaving: false },
    { assignment: 'a', level: 4, leaving: true },
  ])
})

test('the browser’s copy wins when it goes on from the server’s draft, or is younger', async () => {
  const first = keeperWith()
  first.keeper.begin(drafted(scored(1), 5000))
  first.clock.now = 10
  first.keeper.entered(scored(2))
  const { keeper } = keeperWith(first.keep)
  expect(keeper.newest(drafted(scored(1), 5000))).toEqual(scored(2))
  // Another device saved since: the clocks decide.
  expect(keeper.newest(drafted(scored(3), 5001))).toEqual(scored(3))
  first.clock.now = 9000
  first.keeper.entered(scored(4))
  expect(keeper.newest(drafted(scored(3), 5001))).toEqual(scored(4))
  expect(keeper.newest(item('b'))).toBeNull()
})

test('a copy left by an earlier page is sent', () => {
  const first = keeperWith()
  first.keeper.begin(item('a'))
  first.keeper.entered(scored(2))
  const { keeper, sent, elapse } = keeperWith(first.keep)
  keeper.begin(item('a'))
  elapse()
  expect(sent).toEqual([{ assignment: 'a', level: 2, leaving: false }])
})

test('turning to another item saves the one before, and its copy goes when that has arrived', async () => {
  const { keeper, keep, sent, answer } = keeperWith()
  keeper.begin(item('a'))
  keeper.entered(scored(2))
  keeper.begin(item('b'))
  expect(sent).toEqual([{ assignment: 'a', level: 2, leaving: false }])
  keeper.entered(scored(4))
  await answer(saved(7))
  expect(keep.read(KEY)).toBeNull()
  expect(keep.read('assay:draft:me:b')).not.toBeNull()
})

test('a submitted item leaves no draft behind and sends none', async () => {
  const { keeper, keep, sent, elapse } = keeperWith()
  keeper.begin(item('a'))
  keeper.entered(scored(2))
  keeper.end('a')
  elapse()
  await keeper.flush()
  expect(sent).toEqual([])
  expect(keep.keys('assay:')).toEqual([])
  expect(keeper.state.phase).toBe('clean')
})

test('says when the browser would not keep a copy', () => {
  const { keeper } = keeperWith({ ...memoryKeep(), write: () => false })
  keeper.begin(item('a'))
  keeper.entered(scored(2))
  expect(keeper.state.kept).toBe(false)
})

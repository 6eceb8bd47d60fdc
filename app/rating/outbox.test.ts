import { expect, test } from 'vitest'
import { memoryKeep, scored } from '#tests/support/shown.ts'
import type { Answered, Failure, Outcome } from './client.ts'
import { type Delivery, Outbox, type Parcel, type Posted, waitAfter } from './outbox.ts'

const parcel = (id: string): Parcel => ({
  id,
  base: '/p/x/rate/r',
  route: 'submit',
  body: { assignment: `a${id}`, submissionId: id, content: scored() },
  about: 'Question?',
  refused: null,
})
const fail = (why: Failure['why']): Outcome<never> => ({ ok: false, failure: { why, code: why, message: why } })
const done = (id: string) => ({ ok: true, value: { rating: id } as unknown as Answered['submit'] }) as const

/** An outbox whose sending and waiting the test decides about. */
function outboxWith(keep = memoryKeep(), rater = 'me') {
  const sent: string[] = []
  const waits: { ms: number; fn: () => void; off: boolean }[] = []
  const answers: ((outcome: Outcome<Answered[Posted]>) => void)[] = []
  const outbox = new Outbox({
    keep,
    rater,
    send: ({ id }) => {
      sent.push(id)
      return new Promise((resolve) => answers.push(resolve))
    },
    later: (ms, fn) => {
      const wait = { ms, fn, off: false }
      waits.push(wait)
      return () => {
        wait.off = true
      }
    },
  })
  const deliveries: Delivery[] = []
  outbox.receive((delivery) => deliveries.push(delivery))
  const answer = async (outcome: Outcome<Answered[Posted]>) => {
    answers.shift()?.(outcome)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { outbox, keep, sent, waits, answer, deliveries }
}

test('parcels are kept at once, sent in order one at a time, and dropped when acknowledged', async () => {
  const { outbox, keep, sent, answer, deliveries } = outboxWith()
  outbox.post(parcel('1'))
  outbox.post(parcel('2'))
  expect(keep.keys('assay:outbox:me:')).toHaveLength(2)
  expect(sent).toEqual(['1'])
  await answer(done('1'))
  expect(sent).toEqual(['1', '2'])
  expect(deliveries.map(({ parcel: { id } }) => id)).toEqual(['1'])
  expect(keep.keys('assay:outbox:me:')).toEqual(['assay:outbox:me:2'])
  await answer(done('2'))
  expect(outbox.state).toMatchObject({ parcels: [], sending: null, trouble: null })
})

test('while the server is away it tries again later and later, and at once when woken', async () => {
  const { outbox, sent, waits, answer } = outboxWith()
  outbox.post(parcel('1'))
  await answer(fail('away'))
  expect(outbox.state.trouble?.why).toBe('away')
  waits.at(-1)?.fn()
  await answer(fail('away'))
  expect(waits.map(({ ms }) => ms)).toEqual([1000, 2000])
  outbox.wake()
  expect(waits.at(-1)?.off).toBe(true)
  expect(sent).toEqual(['1', '1', '1'])
  await answer(done('1'))
  expect(outbox.state).toMatchObject({ parcels: [], trouble: null })
})

test('waking while a parcel is on its way sends it no second time', () => {
  const { outbox, sent } = outboxWith()
  outbox.post(parcel('1'))
  outbox.wake()
  expect(sent).toEqual(['1'])
})

test('a refused parcel is kept, tells why, and does not hold up the others', async () => {
  const { outbox, keep, sent, answer } = outboxWith()
  outbox.post(parcel('1'))
  outbox.post(parcel('2'))
  await answer(fail('refused'))
  await answer(done('2'))
  expect(outbox.state.parcels.map(({ id, refused }) => [id, refused?.why])).toEqual([['1', 'refused']])
  expect(keep.read<Parcel>('assay:outbox:me:1')?.refused?.why).toBe('refused')
  outbox.retry('1')
  expect(sent).toEqual(['1', '2', '1'])
  await answer(fail('refused'))
  outbox.discard('1')
  expect(outbox.state.parcels).toEqual([])
  expect(keep.keys('assay:outbox:')).toEqual([])
})

test('a new page takes up what the last one left unsent, of the same rater only', () => {
  const keep = memoryKeep()
  outboxWith(keep).outbox.post(parcel('1'))
  outboxWith(keep, 'other').outbox.post(parcel('2'))
  const { outbox, sent } = outboxWith(keep)
  expect(outbox.state.parcels.map(({ id }) => id)).toEqual(['1'])
  outbox.wake()
  expect(sent).toEqual(['1'])
})

test('a parcel can be called back until it is on its way', async () => {
  const { outbox, keep, answer } = outboxWith()
  outbox.post(parcel('1'))
  outbox.post(parcel('2'))
  expect(outbox.recall('1')).toBe(false)
  expect(outbox.recall('2')).toBe(true)
  await answer(fail('away'))
  expect(outbox.recall('1')).toBe(true)
  expect(keep.keys('assay:outbox:')).toEqual([])
  expect(outbox.recall('1')).toBe(false)
})

test('one can wait until a parcel is no longer on its way', async () => {
  const { outbox, answer } = outboxWith()
  await outbox.settled('1')
  outbox.post(parcel('1'))
  let settled = false
  const waiting = outbox.settled('1').then(() => {
    settled = true
  })
  await new Promise((resolve) => setImmediate(resolve))
  expect(settled).toBe(false)
  await answer(fail('away'))
  await waiting
  expect(settled).toBe(true)
})

test('says when the browser would not keep a parcel', () => {
  const { outbox } = outboxWith({ ...memoryKeep(), write: () => false })
  outbox.post(parcel('1'))
  expect(outbox.state).toMatchObject({ kept: false })
  expect(outbox.state.parcels).toHaveLength(1)
})

test('waits double up to a minute', () => {
  expect([1, 2, 3, 6, 7, 50].map(waitAfter)).toEqual([1000, 2000, 4000, 32000, 60000, 60000])
})

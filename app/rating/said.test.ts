import { expect, test } from 'vitest'
import type { Failure } from './client.ts'
import type { DraftState } from './drafts.ts'
import type { OutboxState, Parcel } from './outbox.ts'
import { agoInWords, saidOf, timeLeftInWords } from './said.ts'

const failure = (why: Failure['why']): Failure => ({ why, code: why, message: why })
const draft = (over: Partial<DraftState> = {}): DraftState => ({
  phase: 'clean',
  savedAt: null,
  failure: null,
  kept: true,
  ...over,
})
const outbox = (waiting = 0, over: Partial<OutboxState> = {}): OutboxState => ({
  parcels: Array.from({ length: waiting }, (_, id) => ({ id: String(id), refused: null }) as Parcel),
  sending: null,
  trouble: null,
  kept: true,
  ...over,
})
const text = (...given: Parameters<typeof saidOf>) => saidOf(...given).text

test('says how far saving is', () => {
  expect(text(draft(), outbox(), true)).toBe('')
  expect(text(draft({ phase: 'entered' }), outbox(), true)).toBe('Saving')
  expect(text(draft({ phase: 'saving' }), outbox(), true)).toBe('Saving')
  expect(text(draft({ phase: 'saved' }), outbox(), true)).toBe('Saved')
  expect(text(draft(), outbox(1), true)).toBe('Sending')
})

test('does not say saved while a submission has not arrived', () => {
  expect(text(draft({ phase: 'saved' }), outbox(1), true)).toBe('Sending')
})

test('tells what waits while the network is away, known or noticed', () => {
  expect(text(draft({ phase: 'failed', failure: failure('away') }), outbox(2), true)).toBe(
    'Offline: kept in this browser, 2 to send',
  )
  expect(text(draft({ phase: 'entered' }), outbox(), false)).toBe('Offline: kept in this browser')
  expect(text(draft(), outbox(1, { trouble: failure('away') }), true)).toBe('Offline: kept in this browser, 1 to send')
  expect(text(draft({ phase: 'saved' }), outbox(), false)).toBe('Offline')
})

test('tells when a sign-in is needed, and when the server is busy', () => {
  expect(text(draft({ phase: 'failed', failure: failure('signed-out') }), outbox(), true)).toBe(
    'Signed out: kept in this browser',
  )
  expect(text(draft(), outbox(1, { trouble: failure('busy') }), true)).toBe(
    'Kept in this browser; the server is busy, 1 to send',
  )
})

test('a refused parcel does not count as to be sent', () => {
  const refused = outbox(1)
  const parcels = refused.parcels.map((parcel) => ({ ...parcel, refused: failure('refused') }))
  expect(text(draft({ phase: 'saved' }), { ...refused, parcels }, true)).toBe('Saved')
})

test('warns when neither the server nor the browser has it', () => {
  expect(text(draft({ phase: 'entered', kept: false }), outbox(), true)).toContain('keeps no copy')
  expect(text(draft({ phase: 'saved', kept: false }), outbox(), true)).toBe('Saved')
  expect(text(draft(), outbox(1, { kept: false }), true)).toContain('keeps no copy')
})

test('times in words', () => {
  expect([0, 2400, 59_400, 60_000, 200_000].map(agoInWords)).toEqual([
    '0 s ago',
    '2 s ago',
    '59 s ago',
    '1 min ago',
    '3 min ago',
  ])
  expect([0, 20, 2880, 5400, 9000, 36_000].map(timeLeftInWords)).toEqual([
    '1 min',
    '1 min',
    '48 min',
    '1.5 h',
    '2.5 h',
    '10 h',
  ])
})

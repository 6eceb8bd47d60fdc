import { expect, test } from 'vitest'
import type { OwnRatingInFull } from '#app/evaluation/ratings/shown.ts'
import { rubric, scored } from '#tests/support/shown.ts'
import type { Answered, Asked, Outcome } from './client.ts'
import { Correction } from './correction.ts'

const own: OwnRatingInFull = {
  assignment: 'a',
  round: {
    id: 'r',
    name: 'Round',
    instructions: '',
    referencesShown: 'never',
    secondsPerItem: 60,
    endsAt: null,
    simulated: null,
    canary: null,
  },
  rubric,
  question: '',
  response: '',
  documents: [],
  references: null,
  asksClosest: false,
  content: scored(3),
  rating: { id: 'x', submittedAt: 1, revision: 2 },
  former: [],
  canCorrect: true,
  whyNot: null,
}
const stored = { ok: true, value: { rating: 'y', revision: 3 } } as const
const away = { ok: false, failure: { why: 'away', code: 'away', message: 'Away.' } } as const

function correcting(...outcomes: Outcome<Answered['correct']>[]) {
  const sent: Asked['correct'][] = []
  let ids = 0
  const correction = new Correction(own, {
    ask: async (body) => {
      sent.push(body)
      return outcomes.shift() ?? stored
    },
    newId: () => `id${ids++}`,
  })
  return { correction, sent, settle: () => new Promise((resolve) => setImmediate(resolve)) }
}

test('begins with the rating as it stands, and sends it changed with the revision it corrects', async () => {
  const { correction, sent, settle } = correcting()
  expect(correction.entry.content).toEqual(scored(3))
  correction.change({ type: 'score', dimension: 'tone', level: 4 })
  expect(correction.submit()).toBeNull()
  await settle()
  expect(sent).toMatchObject([{ assignment: 'a', submissionId: 'id0', revision: 2 }])
  expect(sent[0]?.content.scores.tone?.level).toBe(4)
  expect(correction.state.done).toBe(true)
})

test('what is missing is told and nothing is sent', () => {
  const { correction, sent } = correcting()
  correction.change({ type: 'score', dimension: 'accuracy', level: 1 })
  expect(correction.submit()).toMatchObject({ what: 'note', dimension: 'accuracy' })
  expect(sent).toEqual([])
})

test('after a failure everything is still there, and the same is sent under the same id', async () => {
  const { correction, sent, settle } = correcting(away)
  correction.change({ type: 'score', dimension: 'tone', level: 4 })
  correction.submit()
  await settle()
  expect(correction.state).toMatchObject({ done: false, busy: false, told: { text: 'Away.' } })
  correction.submit()
  await settle()
  expect(sent.map(({ submissionId }) => submissionId)).toEqual(['id0', 'id0'])
  expect(correction.state.done).toBe(true)
})

test('what was changed after a failure is another submission', async () => {
  const { correction, sent, settle } = correcting(away)
  correction.submit()
  await settle()
  correction.change({ type: 'score', dimension: 'tone', level: 2 })
  correction.submit()
  await settle()
  expect(sent.map(({ submissionId }) => submissionId)).toEqual(['id0', 'id1'])
})

test('nothing can be changed while it is on its way', () => {
  const { correction } = correcting()
  correction.change({ type: 'score', dimension: 'tone', level: 4 })
  correction.submit()
  correction.change({ type: 'score', dimension: 'tone', level: 1 })
  expect(correction.entry.content.scores.tone?.level).toBe(4)
})

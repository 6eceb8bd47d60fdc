import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CHATS,
  EVALS,
  LANGFUSE_OBSERVATIONS,
  LANGFUSE_TRACES,
  LANGSMITH_RUNS,
  OTLP_NOW,
  OTLP_OLD,
} from '#tests/support/trace-exports.ts'
import { Unreadable } from '../unreadable.ts'
import { readTraces } from './read-traces.ts'
import type { TraceFormat } from './told-apart.ts'

const jsonl = (records: readonly unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('')

async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(text: string, format: TraceFormat | null = null, size = 1 << 16) {
  const records = []
  const errors = []
  const passed: Record<string, number> = {}
  let found: TraceFormat | null = null
  for await (const batch of readTraces(inPieces(text, size), format)) {
    records.push(...batch.records.map(({ record }) => record))
    errors.push(...batch.errors)
    for (const [why, count] of Object.entries(batch.passed)) passed[why] = (passed[why] ?? 0) + count
    found = batch.format
  }
  return { records, errors, passed, format: found }
}

describe('each format', () => {
  it('of Langfuse, traces with their observations', async () => {
    const { records, errors, format } = await read(JSON.stringify(LANGFUSE_TRACES, null, 2))
    expect(errors).toEqual([])
    expect(format).toBe('langfuse')
    expect(records).toEqual([
      {
        key: 'tr-1',
        input: 'Does the plan pay for glasses?',
        response: 'Yes, every two years.',
        documents: [{ title: 'Vision', text: 'Glasses are paid for every two years.' }],
        system_version: 'assistant-2.1',
        model: 'small-model-1',
        occurred_at: '2026-05-02T08:00:00.000Z',
        signals: { thumbs: 1, tone: 'kind' },
        metadata: {
          plan: 'standard',
          name: 'chat',
          user: 'u-7',
          session: 's-1',
          tags: ['web'],
          environment: 'production',
          instructions: 'Answer from the handbook.',
        },
      },
      expect.objectContaining({ key: 'tr-2', input: 'And contact lenses?', response: 'No.' }),
    ])
  })

  it('of Langfuse, observations alone: the root where it says both, else the last generation', async () => {
    const { records, passed } = await read(jsonl(LANGFUSE_OBSERVATIONS))
    expect(records).toEqual([
      expect.objectContaining({ key: 'tr-8', input: 'Where is my card?', response: 'In the post.', model: 'm-1' }),
      expect.objectContaining({ key: 'tr-9', input: 'Second call?', response: 'Second answer.' }),
    ])
    expect(passed).toEqual({ 'steps within an interaction': 2 })
  })

  it('of Langfuse, a trace without output: the question is its own, the answer that of the last generation', async () => {
    const trace = { ...LANGFUSE_TRACES[0], output: null }
    expect((await read(jsonl([trace]))).records).toEqual([
      expect.objectContaining({ input: 'Does the plan pay for glasses?', response: 'a completion' }),
    ])
    const failed = { ...LANGSMITH_RUNS[0], outputs: null, error: 'Timeout' }
    const [run] = (await read(jsonl([failed, LANGSMITH_RUNS[2]]))).records
    expect(run).toMatchObject({ input: 'How do I appeal?', metadata: { error: 'Timeout' } })
    expect(run?.response).toBeUndefined()
  })

  it('of LangSmith, the root run with what its children knew', async () => {
    const { records, errors, format } = await read(jsonl(LANGSMITH_RUNS))
    expect(errors).toEqual([])
    expect(format).toBe('langsmith')
    expect(records[0]).toEqual({
      key: 'run-1',
      input: 'How do I appeal?',
      response: 'Write within 30 days.',
      documents: [{ title: 'appeals.md', text: 'Appeals are due within 30 days.' }],
      model: 'model-x',
      system_version: 'rev-9',
      occurred_at: '2026-04-01T10:00:00.250Z',
      signals: { helpful: 0.5 },
      metadata: { plan: 'gold', name: 'qa-chain', project: 'handbook', tags: ['prod'] },
    })
    expect(records[1]).toMatchObject({
      key: 'run-5',
      input: '**User:** Hi\n\n**Assistant:** Hello\n\n**User:** Am I covered?',
    })
    expect(records).toHaveLength(2)
  })

  it.each([
    ['messages structured, and as JSON in a text', OTLP_NOW],
    ['prompts by number, whole, and in events', OTLP_OLD],
  ])('of OpenTelemetry, %s', async (_what, lines) => {
    const { records, errors, format, passed } = await read(jsonl(lines))
    expect(errors).toEqual([])
    expect(format).toBe('otel')
    expect(records.map(({ input, response }) => [input, response])).toEqual([
      ['Is rain likely?', 'Yes, in the evening.'],
      ['And tomorrow?', 'No.'],
    ])
    expect(passed['spans that say nothing of generative AI']).toBe(1)
    expect(records[0]).toMatchObject({
      key: '5b8efff798038103d269b633813fc60c',
      model: 'weather-1',
      system_version: 'forecast 3.2.0',
      occurred_at: '2026-03-04T05:06:07.123Z',
    })
  })

  it('of OpenTelemetry, one object spread over lines, read span by span', async () => {
    const { records } = await read(JSON.stringify(OTLP_NOW[0], null, 2), null, 50)
    expect(records).toHaveLength(1)
  })

  it('of OpenAI, in the shapes in which chats are logged', async () => {
    const { records, errors } = await read(jsonl(CHATS))
    expect(errors).toEqual([])
    expect(records.map(({ input, response, model }) => [input, response, model])).toEqual([
      ['Is it covered?', 'It is.', 'gpt-x'],
      ['Is it covered?', 'It is.', 'gpt-y'],
      ['Is it covered?', 'It is.', undefined],
      ['Is it covered?', 'It is.', 'gpt-z'],
    ])
    expect(records[0]).toMatchObject({ key: 'chatcmpl-1', occurred_at: '2026-01-01T00:00:00.000Z' })
    expect(records[2]?.key).toMatch(/^[0-9a-f]{16}$/)
    expect(records[1]?.metadata).toEqual({ instructions: 'Be brief.' })
  })

  it('of evals, whose ideal answers are kept', async () => {
    const { records, format } = await read(jsonl(EVALS))
    expect(format).toBe('evals')
    expect(records).toEqual([
      expect.objectContaining({ input: '2+2?', metadata: { ideal: ['4'], instructions: 'Answer with a number.' } }),
      expect.objectContaining({ input: 'Capital of France?', metadata: { ideal: ['Paris', 'paris'] } }),
    ])
  })

  it('of our own, JSONL and CSV alike', async () => {
    const record = {
      key: 'a',
      input: 'Q?',
      response: 'A',
      occurred_at: '2026-01-02',
      signals: { thumbs: 'up' },
      metadata: { plan: 'x' },
    }
    const csv = 'key,input,response,occurred_at,signals,metadata.plan\na,Q?,A,2026-01-02,"{""thumbs"":""up""}",x\n'
    expect((await read(jsonl([record]))).records).toEqual([record])
    expect((await read(csv)).records).toEqual([record])
  })

  it('of CSV exports', async () => {
    const csv =
      'id,timestamp,name,input,output,scores,userId\nt1,2026-01-01T00:00:00Z,chat,"[{""role"":""user"",""content"":""Q?""}]",A,"{""q"":[0.5,1]}",u1\n'
    const { records, format } = await read(csv)
    expect(format).toBe('langfuse')
    expect(records).toEqual([
      {
        key: 't1',
        input: 'Q?',
        response: 'A',
        occurred_at: '2026-01-01T00:00:00.000Z',
        signals: { q: 0.75 },
        metadata: { name: 'chat', user: 'u1' },
      },
    ])
  })
})

describe('however it is cut into pieces', () => {
  it('a file says the same', async () => {
    const texts = [
      JSON.stringify({ data: LANGFUSE_TRACES, meta: { page: 1 } }, null, 1),
      jsonl(OTLP_NOW),
      jsonl(LANGSMITH_RUNS),
    ]
    for (const text of texts) {
      const whole = await read(text)
      expect(whole.records.length).toBeGreaterThan(0)
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 400 }), async (size) => {
          expect(await read(text, null, size)).toEqual(whole)
        }),
        { numRuns: 15 },
      )
    }
  })

  it('JSON cut off anywhere is refused, and never read as if it were whole', async () => {
    const text = JSON.stringify({ resourceSpans: OTLP_NOW.flatMap(({ resourceSpans }) => resourceSpans) })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: text.length - 1 }), async (length) => {
        const errors = await read(text.slice(0, length)).then(
          (found) => found.errors.map(({ reason }) => reason),
          (error) => [error instanceof Unreadable ? error.message : String(error)],
        )
        expect(errors).toEqual([expect.stringMatching(/cut off|beginning of an object/)])
      }),
      { numRuns: 60 },
    )
  })
})

describe('what is wrong', () => {
  it.each([
    ['mixed formats', jsonl([LANGSMITH_RUNS[0], CHATS[0]]), 2, null, 'One format a file'],
    [
      'an unknown role',
      jsonl([{ messages: [{ role: 'narrator', content: 'x' }] }]),
      1,
      'messages[0].role',
      '“narrator” is none',
    ],
    [
      'a message without a role',
      jsonl([{ messages: [{ role: 'user', content: 'Q' }, { content: 'x' }] }]),
      1,
      'messages[1].role',
      'is missing',
    ],
    ['no format', jsonl([{ a: 1 }]), 1, null, 'of no format that is known'],
    ['no key', jsonl([{ input: 'Q' }]), 1, 'key', 'is missing'],
    ['an empty input of our own', jsonl([{ key: 'a', input: ' ' }]), 1, 'input', 'is empty'],
    ['a time that is none', jsonl([{ ...LANGSMITH_RUNS[0], start_time: 'soon' }]), 1, 'start_time', 'is no time'],
    ['a broken line', `${jsonl([CHATS[0]])}{"messages": [{"ro\n`, 2, null, 'is cut off'],
    [
      'an id twice with other content',
      jsonl([LANGFUSE_TRACES[1], { ...LANGFUSE_TRACES[1], output: 'Yes.' }]),
      2,
      'id',
      'on line 1 already, with other content',
    ],
  ])('%s: line, field and reason', async (_what, text, line, field, reason) => {
    const { errors } = await read(text)
    expect(errors).toEqual([{ line, field, reason: expect.stringContaining(reason) }])
  })

  it.each([
    ['an empty file', '', 'empty'],
    ['binary', 'PK\u0003\u0004aaaaaaaaaaaaaaaaaaaa', 'zip file'],
    ['half an array', JSON.stringify(LANGFUSE_TRACES).slice(0, -20), 'cut off'],
    ['an array of numbers', '[1, 2]', 'should begin'],
    [
      'spans of nothing',
      jsonl([{ resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: 'a', name: 'GET /' }] }] }] }]),
      'holds no interaction',
    ],
    ['a CSV without our columns', 'a,b\n1,2\n', 'lacks the columns'],
  ])('%s cannot be read', async (_what, text, message) => {
    await expect(read(text)).rejects.toThrow(message)
  })

  it('leaves out what has no question, and keeps what has no answer', async () => {
    const { records, passed } = await read(
      jsonl([
        { id: 'a', messages: [] },
        {
          id: 'b',
          messages: [{ role: 'user', content: 'Q?' }],
          choices: [{ message: { role: 'assistant', content: null } }],
        },
      ]),
    )
    expect(records).toEqual([{ key: 'b', input: 'Q?' }])
    expect(passed).toEqual({ 'records without a question': 1 })
  })

  it('takes a cell of ten million letters', async () => {
    const { records } = await read(
      JSON.stringify([{ id: 'x', timestamp: '2026-01-01', input: 'a '.repeat(5_000_000), output: 'b' }]),
    )
    expect(records[0]?.input).toHaveLength(10_000_000)
  })

  it('counts equal chats without ids apart, the same each time', async () => {
    const chat = {
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Hello' },
      ],
    }
    const { records } = await read(jsonl([chat, chat]))
    expect(new Set(records.map(({ key }) => key)).size).toBe(2)
    expect((await read(jsonl([chat, chat]))).records).toEqual(records)
  })
})

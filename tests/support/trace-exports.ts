/** Small exports in the shape of each format, made by hand from their public definitions; read by tests alone. */

export const LANGFUSE_TRACES = [
  {
    id: 'tr-1',
    timestamp: '2026-05-02T08:00:00.000Z',
    name: 'chat',
    input: {
      messages: [
        { role: 'system', content: 'Answer from the handbook.' },
        { role: 'user', content: 'Does the plan pay for glasses?' },
      ],
    },
    output: { role: 'assistant', content: 'Yes, every two years.' },
    sessionId: 's-1',
    userId: 'u-7',
    release: 'assistant-2.1',
    version: null,
    environment: 'production',
    metadata: { plan: 'standard' },
    tags: ['web'],
    observations: [
      {
        id: 'ob-1',
        type: 'RETRIEVER',
        startTime: '2026-05-02T08:00:00.100Z',
        output: [{ pageContent: '', title: 'Vision', text: 'Glasses are paid for every two years.' }],
        parentObservationId: null,
      },
      {
        id: 'ob-2',
        type: 'GENERATION',
        startTime: '2026-05-02T08:00:00.200Z',
        model: 'small-model-1',
        input: 'a prompt',
        output: 'a completion',
        parentObservationId: 'ob-1',
      },
    ],
    scores: [
      { name: 'thumbs', value: 1, dataType: 'NUMERIC' },
      { name: 'tone', value: 2, stringValue: 'kind', dataType: 'CATEGORICAL' },
    ],
  },
  {
    id: 'tr-2',
    timestamp: '2026-05-02T08:01:00Z',
    name: 'chat',
    input: 'And contact lenses?',
    output: 'No.',
    observations: [],
    scores: [],
  },
]

export const LANGFUSE_OBSERVATIONS = [
  {
    id: 'o1',
    traceId: 'tr-8',
    type: 'SPAN',
    startTime: '2026-05-01T00:00:00Z',
    parentObservationId: null,
    input: { question: 'Where is my card?' },
    output: { answer: 'In the post.' },
  },
  {
    id: 'o2',
    traceId: 'tr-8',
    type: 'GENERATION',
    startTime: '2026-05-01T00:00:01Z',
    parentObservationId: 'o1',
    input: 'rewritten',
    output: 'In the post!',
    model: 'm-1',
  },
  {
    id: 'o3',
    traceId: 'tr-9',
    type: 'GENERATION',
    startTime: '2026-05-01T00:00:02Z',
    parentObservationId: 'x',
    input: 'First call?',
    output: 'First answer.',
  },
  {
    id: 'o4',
    traceId: 'tr-9',
    type: 'GENERATION',
    startTime: '2026-05-01T00:00:03Z',
    parentObservationId: 'x',
    input: 'Second call?',
    output: 'Second answer.',
  },
]

export const LANGSMITH_RUNS = [
  {
    id: 'run-1',
    trace_id: 'run-1',
    parent_run_id: null,
    name: 'qa-chain',
    run_type: 'chain',
    session_name: 'handbook',
    start_time: '2026-04-01T10:00:00.250000',
    end_time: '2026-04-01T10:00:02.000000',
    inputs: { question: 'How do I appeal?' },
    outputs: { answer: 'Write within 30 days.' },
    extra: { metadata: { plan: 'gold', revision_id: 'rev-9' } },
    tags: ['prod'],
    feedback_stats: { helpful: { n: 2, avg: 0.5 } },
    error: null,
  },
  {
    id: 'run-2',
    trace_id: 'run-1',
    parent_run_id: 'run-1',
    run_type: 'retriever',
    name: 'docs',
    start_time: '2026-04-01T10:00:00.300000',
    inputs: { query: 'appeal' },
    outputs: { documents: [{ page_content: 'Appeals are due within 30 days.', metadata: { source: 'appeals.md' } }] },
  },
  {
    id: 'run-3',
    trace_id: 'run-1',
    parent_run_id: 'run-1',
    run_type: 'llm',
    name: 'model',
    start_time: '2026-04-01T10:00:01.000000',
    inputs: {
      messages: [
        [
          {
            lc: 1,
            type: 'constructor',
            id: ['langchain', 'schema', 'HumanMessage'],
            kwargs: { content: 'Context … How do I appeal?' },
          },
        ],
      ],
    },
    outputs: { generations: [[{ text: 'Write within 30 days.' }]] },
    extra: { metadata: { ls_model_name: 'model-x' } },
  },
  {
    id: 'run-5',
    trace_id: 'run-5',
    parent_run_ids: [],
    run_type: 'llm',
    name: 'model',
    start_time: 1775037600000,
    inputs: {
      messages: [
        [
          { type: 'human', data: { content: 'Hi' } },
          { type: 'ai', content: 'Hello' },
          {
            id: ['langchain', 'schema', 'messages', 'HumanMessage'],
            kwargs: { content: [{ type: 'text', text: 'Am I covered?' }] },
          },
        ],
      ],
    },
    outputs: { generations: [[{ message: { role: 'assistant', content: 'You are.' } }]] },
  },
]

type Value = Record<string, unknown>
const text = (key: string, value: string) => ({ key, value: { stringValue: value } })
const pairs = (entries: Record<string, Value>): Value => ({
  kvlistValue: { values: Object.entries(entries).map(([key, value]) => ({ key, value })) },
})
const list = (values: readonly Value[]): Value => ({ arrayValue: { values } })
const says = (role: string, content: string): Value =>
  pairs({
    role: { stringValue: role },
    parts: list([pairs({ type: { stringValue: 'text' }, content: { stringValue: content } })]),
  })

const FIRST = '5b8efff798038103d269b633813fc60c'
const SECOND = '6c9f00a8a9149214e37ac744924ad71d'
const resource = { attributes: [text('service.name', 'forecast'), text('service.version', '3.2.0')] }
const span = (traceId: string, spanId: string, attributes: Value[], more: Value = {}) => ({
  traceId,
  spanId,
  parentSpanId: 'aaaaaaaaaaaaaaaa',
  name: 'chat weather-1',
  startTimeUnixNano: '1772600767123000000',
  endTimeUnixNano: '1772600768123000000',
  attributes: [text('gen_ai.operation.name', 'chat'), text('gen_ai.request.model', 'weather-1'), ...attributes],
  ...more,
})
const batch = (spans: readonly Value[]) => ({
  resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'app' }, spans }] }],
})
const plain = {
  traceId: FIRST,
  spanId: 'aaaaaaaaaaaaaaaa',
  name: 'POST /chat',
  startTimeUnixNano: '1772600767000000000',
  attributes: [text('http.method', 'POST')],
}

/** Messages as they are since version 1.37 of the conventions. */
export const OTLP_NOW = [
  batch([
    plain,
    span(FIRST, '1111111111111111', [
      { key: 'gen_ai.input.messages', value: list([says('user', 'Is rain likely?')]) },
      { key: 'gen_ai.output.messages', value: list([says('assistant', 'Yes, in the evening.')]) },
    ] as Value[]),
  ]),
  batch([
    span(SECOND, '2222222222222222', [
      text('gen_ai.input.messages', '[{"role":"user","parts":[{"type":"text","content":"And tomorrow?"}]}]'),
      text(
        'gen_ai.output.messages',
        '[{"role":"assistant","parts":[{"type":"text","content":"No."}],"finish_reason":"stop"}]',
      ),
    ]),
  ]),
]

/** Prompts as they were before. */
export const OTLP_OLD = [
  batch([
    plain,
    span(FIRST, '1111111111111111', [
      text('gen_ai.prompt.0.role', 'user'),
      text('gen_ai.prompt.0.content', 'Is rain likely?'),
      text('gen_ai.completion.0.role', 'assistant'),
      text('gen_ai.completion.0.content', 'Yes, in the evening.'),
    ]),
  ]),
  batch([
    span(SECOND, '2222222222222222', [], {
      events: [
        {
          name: 'gen_ai.content.prompt',
          attributes: [text('gen_ai.prompt', '[{"role":"user","content":"And tomorrow?"}]')],
        },
        {
          name: 'gen_ai.content.completion',
          attributes: [text('gen_ai.completion', '[{"role":"assistant","content":"No."}]')],
        },
      ],
    }),
  ]),
]

const question = { role: 'user', content: 'Is it covered?' }
const answer = { role: 'assistant', content: 'It is.' }

export const CHATS = [
  {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1767225600,
    model: 'gpt-x',
    messages: [question],
    choices: [{ index: 0, message: answer }],
  },
  {
    custom_id: 'r-2',
    request: { model: 'gpt-y', messages: [{ role: 'developer', content: 'Be brief.' }, question] },
    response: { status_code: 200, body: { choices: [{ message: answer }] } },
  },
  { messages: [question, answer] },
  {
    id: 'resp_1',
    object: 'response',
    created_at: 1767225600,
    model: 'gpt-z',
    input: [{ role: 'user', content: [{ type: 'input_text', text: 'Is it covered?' }] }],
    output: [
      { type: 'reasoning', summary: [] },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'It is.' }] },
    ],
  },
]

export const EVALS = [
  {
    input: [
      { role: 'system', content: 'Answer with a number.' },
      { role: 'user', content: '2+2?' },
    ],
    ideal: '4',
  },
  { input: 'Capital of France?', ideal: ['Paris', 'paris'] },
]

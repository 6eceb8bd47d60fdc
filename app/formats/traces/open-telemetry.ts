/**
 * Spans of OpenTelemetry in OTLP JSON, by the conventions for generative AI: the messages of version 1.37 on, structured or as
 * JSON in a text, and what came before them (`gen_ai.prompt`, `gen_ai.completion`, whole or by number, and events of messages).
 */
import { attributesIn, indexed } from './attributes.ts'
import { documentsIn, interactionOf } from './interaction.ts'
import { type Fields, fieldsIn, isFields, listIn, Unclear, wordIn } from './loose-json.ts'
import { momentOf } from './moment.ts'
import { kept, type Signals, type Span, type SpanKind } from './span.ts'

const KINDS: Readonly<Record<string, SpanKind>> = {
  invoke_agent: 'agent',
  chat: 'generation',
  text_completion: 'generation',
  generate_content: 'generation',
  execute_tool: 'retrieval',
  retrieval: 'retrieval',
}

const ROLE_EVENTS: Readonly<Record<string, string>> = {
  'gen_ai.system.message': 'system',
  'gen_ai.user.message': 'user',
  'gen_ai.assistant.message': 'assistant',
  'gen_ai.tool.message': 'tool',
}

/** The spans of a line of OTLP JSON, or of one span by itself; those that say nothing of generative AI are left out. */
export function telemetrySpans(record: Fields, line: number): { spans: Span[]; others: number } {
  const spans: Span[] = []
  let others = 0
  const take = (span: Fields, resource: Fields) => {
    const read = spanOf(span, resource, line)
    if (read) spans.push(read)
    else others += 1
  }
  if (!('resourceSpans' in record)) take(record, attributesIn(fieldsIn(record.resource).attributes))
  for (const group of listIn(record.resourceSpans).map(fieldsIn)) {
    const resource = attributesIn(fieldsIn(group.resource).attributes)
    const scopes = listIn(group.scopeSpans ?? group.instrumentationLibrarySpans)
    for (const span of scopes.flatMap((scope) => listIn(fieldsIn(scope).spans))) take(fieldsIn(span), resource)
  }
  return { spans, others }
}

function spanOf(span: Fields, resource: Fields, line: number): Span | null {
  const context = fieldsIn(span.context)
  const trace = wordIn(span.traceId) ?? wordIn(span.trace_id) ?? wordIn(context.trace_id)
  if (trace === undefined) throw new Unclear('traceId', 'is missing: a span says of which trace it is')
  const events = listIn(span.events).map((event) => ({
    name: wordIn(fieldsIn(event).name) ?? '',
    attributes: attributesIn(fieldsIn(event).attributes),
  }))
  const told: Fields = Object.assign({}, ...events.map(({ attributes }) => attributes), attributesIn(span.attributes))
  if (!Object.keys(told).some((name) => name.startsWith('gen_ai.'))) return null
  const kind = KINDS[wordIn(told['gen_ai.operation.name']) ?? ''] ?? 'generation'
  const asked =
    told['gen_ai.input.messages'] ?? indexed(told, 'gen_ai.prompt') ?? told['gen_ai.prompt'] ?? askedIn(events)
  const answered =
    told['gen_ai.output.messages'] ??
    indexed(told, 'gen_ai.completion') ??
    told['gen_ai.completion'] ??
    answeredIn(events)
  const instructions = told['gen_ai.system_instructions']
  const interaction = interactionOf(asked, answered, ['gen_ai.input.messages', 'gen_ai.output.messages'])
  if (instructions !== undefined) {
    interaction.instructions = interactionOf(instructions, null, ['gen_ai.system_instructions', '']).input
  }
  return {
    trace,
    id: wordIn(span.spanId) ?? wordIn(span.span_id) ?? wordIn(context.span_id) ?? '',
    line,
    kind,
    root: (wordIn(span.parentSpanId) ?? wordIn(span.parent_id)) === undefined,
    interaction: kind === 'retrieval' ? null : interaction,
    documents: kind === 'retrieval' ? retrieved(told) : [],
    model: wordIn(told['gen_ai.response.model']) ?? wordIn(told['gen_ai.request.model']),
    systemVersion: versionIn(resource),
    startedAt: momentOf(span.startTimeUnixNano ?? span.start_time, 'startTimeUnixNano'),
    endedAt: momentOf(span.endTimeUnixNano ?? span.end_time, 'endTimeUnixNano'),
    metadata: kept({
      name: span.name,
      provider: told['gen_ai.provider.name'] ?? told['gen_ai.system'],
      session: told['gen_ai.conversation.id'] ?? told['session.id'],
      user: told['user.id'] ?? told['enduser.id'],
      environment: resource['deployment.environment.name'] ?? resource['deployment.environment'],
    }),
    signals: signalsIn(events),
  }
}

const retrieved = (told: Fields) =>
  documentsIn(told['gen_ai.retrieval.documents'] ?? told['gen_ai.tool.call.result'] ?? told['gen_ai.tool.result'])

function versionIn(resource: Fields): string | undefined {
  const [name, version] = [wordIn(resource['service.name']), wordIn(resource['service.version'])]
  return version === undefined ? undefined : [name, version].filter(Boolean).join(' ')
}

type Event = { name: string; attributes: Record<string, unknown> }

function askedIn(events: readonly Event[]): unknown {
  const said = events.flatMap(({ name, attributes }) => {
    const role = ROLE_EVENTS[name]
    return role === undefined ? [] : [{ role, content: attributes.content ?? attributes['gen_ai.event.content'] ?? '' }]
  })
  return said.length > 0 ? said : undefined
}

function answeredIn(events: readonly Event[]): unknown {
  const choice = events.find(({ name }) => name === 'gen_ai.choice')?.attributes
  const message = choice?.message ?? choice?.content
  return isFields(message) ? [{ role: 'assistant', ...message }] : message
}

/** Evaluations that were logged as events: the label, else the score. */
function signalsIn(events: readonly Event[]): Signals {
  return Object.fromEntries(
    events.flatMap(({ name, attributes }) => {
      const of = wordIn(attributes['gen_ai.evaluation.name'])
      const value = attributes['gen_ai.evaluation.score.label'] ?? attributes['gen_ai.evaluation.score.value']
      if (name !== 'gen_ai.evaluation.result' || of === undefined) return []
      return typeof value === 'number' || typeof value === 'string' ? [[of, value]] : []
    }),
  )
}

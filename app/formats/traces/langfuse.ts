/**
 * Exports of Langfuse: traces, with their observations within or beside them. Field names as its public API and the exports
 * of its tables spell them.
 */
import { documentsIn, interactionOf } from './interaction.ts'
import { type Fields, fieldsIn, isFields, listIn, opened, Unclear, wordIn } from './loose-json.ts'
import { momentOf } from './moment.ts'
import { kept, type Signals, type Span, type SpanKind } from './span.ts'

const KINDS: Readonly<Record<string, SpanKind>> = {
  GENERATION: 'generation',
  AGENT: 'agent',
  CHAIN: 'step',
  SPAN: 'step',
  RETRIEVER: 'retrieval',
  TOOL: 'retrieval',
}

/** Headers of CSV files come in small letters. */
const SPELLED: Readonly<Record<string, string>> = {
  traceid: 'traceId',
  userid: 'userId',
  sessionid: 'sessionId',
  starttime: 'startTime',
  endtime: 'endTime',
  parentobservationid: 'parentObservationId',
}

export const isObservation = (record: Fields): boolean =>
  'traceId' in record && ('type' in record || 'startTime' in record)

export const spelledOut = (record: Fields): Fields =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [SPELLED[name] ?? name, value]))

/** A trace with the observations within it, or one observation. */
export function langfuseSpans(record: Fields, line: number): Span[] {
  if (isObservation(record)) return [observation(record, line)]
  const id = wordIn(record.id)
  if (id === undefined) throw new Unclear('id', 'is missing: a trace of Langfuse has an id')
  const within = listIn(opened(record.observations)).filter(isFields)
  return [whole(record, id, line), ...within.map((one) => observation({ traceId: id, ...one }, line))]
}

function whole(record: Fields, id: string, line: number): Span {
  const { name, userId, sessionId, tags, environment, metadata } = record
  return {
    trace: id,
    id,
    line,
    kind: 'whole',
    root: true,
    interaction: interactionOf(record.input, record.output, ['input', 'output']),
    documents: [],
    model: wordIn(record.model),
    systemVersion: wordIn(record.release) ?? wordIn(record.version),
    startedAt: momentOf(record.timestamp, 'timestamp'),
    endedAt: undefined,
    metadata: kept({
      ...asMetadata(metadata),
      name,
      user: userId,
      session: sessionId,
      tags: opened(tags),
      environment,
    }),
    signals: signalsIn(opened(record.scores)),
  }
}

function observation(record: Fields, line: number): Span {
  const trace = wordIn(record.traceId)
  if (trace === undefined) throw new Unclear('traceId', 'is missing: an observation says of which trace it is')
  const kind = KINDS[String(record.type ?? '').toUpperCase()] ?? 'other'
  return {
    trace,
    id: wordIn(record.id) ?? '',
    line,
    kind,
    root: wordIn(record.parentObservationId) === undefined,
    interaction: kind === 'retrieval' ? null : interactionOf(record.input, record.output, ['input', 'output']),
    documents: kind === 'retrieval' ? documentsIn(record.output) : [],
    model: wordIn(record.model) ?? wordIn(record.providedModelName),
    systemVersion: wordIn(record.version),
    startedAt: momentOf(record.startTime, 'startTime'),
    endedAt: momentOf(record.endTime, 'endTime'),
    metadata: kept({ ...asMetadata(record.metadata), name: record.name, environment: record.environment }),
    signals: signalsIn(opened(record.scores)),
  }
}

const asMetadata = (value: unknown): Record<string, unknown> => {
  const read = opened(value)
  return isFields(read) ? { ...read } : kept({ note: read })
}

/** Scores as a list of names and values, or as values by name; of several values the mean. */
function signalsIn(scores: unknown): Signals {
  if (isFields(scores)) return Object.fromEntries(Object.entries(scores).flatMap(([name, value]) => named(name, value)))
  return Object.fromEntries(
    listIn(scores).flatMap((one) => {
      const { name, value, stringValue } = fieldsIn(one)
      return named(wordIn(name) ?? '', wordIn(stringValue) ?? value)
    }),
  )
}

function named(name: string, value: unknown): [string, number | boolean | string][] {
  if (name === '') return []
  if (Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'number')) {
    return [[name, value.reduce((sum: number, one: number) => sum + one, 0) / value.length]]
  }
  const only = Array.isArray(value) ? value[0] : value
  return typeof only === 'number' || typeof only === 'boolean' || typeof only === 'string' ? [[name, only]] : []
}

/** Telling by what a record holds where it comes from. */
import { isObservation } from './langfuse.ts'
import type { Fields } from './loose-json.ts'

export const TRACE_FORMATS = ['assay', 'langfuse', 'langsmith', 'otel', 'openai', 'evals'] as const
export type TraceFormat = (typeof TRACE_FORMATS)[number]

export const FORMAT_NAMES: Record<TraceFormat, string> = {
  assay: 'traces of Assay’s own',
  langfuse: 'an export of Langfuse',
  langsmith: 'runs of LangSmith',
  otel: 'spans of OpenTelemetry',
  openai: 'a log of OpenAI chats',
  evals: 'an OpenAI evals file',
}

const has = (record: Fields, ...names: readonly string[]): boolean => names.every((name) => name in record)
const hasOne = (record: Fields, ...names: readonly string[]): boolean => names.some((name) => name in record)

const SIGNS: readonly (readonly [TraceFormat, (record: Fields) => boolean])[] = [
  ['otel', (record) => has(record, 'resourceSpans')],
  ['otel', (record) => hasOne(record, 'spanId', 'span_id', 'context') && has(record, 'attributes')],
  ['langsmith', (record) => has(record, 'run_type') && hasOne(record, 'inputs', 'outputs')],
  ['langfuse', isObservation],
  ['langfuse', (record) => has(record, 'id', 'timestamp') && hasOne(record, 'input', 'output', 'observations')],
  ['evals', (record) => has(record, 'input', 'ideal')],
  ['assay', (record) => has(record, 'key') && hasOne(record, 'input', 'response')],
  ['openai', (record) => hasOne(record, 'messages', 'choices', 'request', 'body')],
  ['openai', (record) => /^(chat\.completion|response|text_completion)/.test(String(record.object ?? ''))],
  ['openai', (record) => has(record, 'prompt') && hasOne(record, 'completion', 'response')],
  ['assay', (record) => has(record, 'input')],
]

/** The format of a record; null where it has no sign of any. */
export const formatOf = (record: Fields): TraceFormat | null => SIGNS.find(([, fits]) => fits(record))?.[0] ?? null

/** What each format's fields become, for those who want to see before anything is stored. */
export const MAPPINGS: Record<TraceFormat, readonly (readonly [string, string])[]> = {
  assay: [['every field', 'the field of the same name']],
  langfuse: [
    ['key', 'id of the trace'],
    ['input', 'input of the trace, else of its root observation or its last generation'],
    ['documents', 'outputs of its observations of type RETRIEVER and TOOL; messages of tools'],
    ['response', 'output beside that input, else of the last generation'],
    ['system version', 'release, else version'],
    ['model', 'model of a generation'],
    ['when', 'timestamp'],
    ['signals', 'scores'],
    ['metadata', 'metadata, name, userId, sessionId, tags, environment; system messages'],
  ],
  langsmith: [
    ['key', 'trace_id'],
    ['input', 'inputs of the root run, else of the last run of type llm'],
    ['documents', 'outputs of its runs of type retriever and tool; messages of tools'],
    ['response', 'outputs of the same run, else of the last run of type llm, unless it has an error'],
    ['system version', 'extra.metadata.revision_id'],
    ['model', 'extra.metadata.ls_model_name, else extra.invocation_params.model'],
    ['when', 'start_time'],
    ['signals', 'means of feedback_stats'],
    ['metadata', 'extra.metadata, name, session_name, tags, error; system messages'],
  ],
  otel: [
    ['key', 'traceId'],
    ['input', 'gen_ai.input.messages, else gen_ai.prompt, of the root or the outermost span'],
    ['documents', 'results of spans execute_tool and retrieval; messages of tools'],
    ['response', 'gen_ai.output.messages, else gen_ai.completion, of the same span, else of the last'],
    ['system version', 'service.name and service.version of the resource'],
    ['model', 'gen_ai.response.model, else gen_ai.request.model'],
    ['when', 'startTimeUnixNano'],
    ['signals', 'events gen_ai.evaluation.result'],
    ['metadata', 'name, provider, gen_ai.conversation.id, user.id, environment; system instructions'],
  ],
  openai: [
    ['key', 'id, custom_id or request_id; made from the content where there is none'],
    ['input', 'messages (input, prompt) of the request, up to the answer'],
    ['documents', 'messages of tools'],
    ['response', 'choices (output), else the last message of the assistant'],
    ['model', 'model of the response, else of the request'],
    ['when', 'created'],
    ['metadata', 'metadata, user; system messages'],
  ],
  evals: [
    ['key', 'id; made from the content where there is none'],
    ['input', 'input'],
    ['response', 'none: an evals file holds questions'],
    ['metadata', 'metadata, and the ideal answers as “ideal”'],
  ],
}

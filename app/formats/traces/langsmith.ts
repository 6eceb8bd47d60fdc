/** Runs as LangSmith exports them: a tree for each trace, whose root is the interaction. */
import { documentsIn, interactionOf } from './interaction.ts'
import { type Fields, fieldsIn, isFields, listIn, opened, Unclear, wordIn } from './loose-json.ts'
import { momentOf } from './moment.ts'
import { kept, type Signals, type Span, type SpanKind } from './span.ts'

const KINDS: Readonly<Record<string, SpanKind>> = {
  llm: 'generation',
  chain: 'step',
  tool: 'retrieval',
  retriever: 'retrieval',
}

/** A run, with the runs nested in it. */
export function langsmithSpans(record: Fields, line: number, above: string | null = null): Span[] {
  const id = wordIn(record.id)
  const trace = wordIn(record.trace_id) ?? above ?? (isRoot(record) ? id : undefined)
  if (id === undefined) throw new Unclear('id', 'is missing: a run of LangSmith has an id')
  if (trace === undefined) throw new Unclear('trace_id', 'is missing: a run below another says of which trace it is')
  const within = listIn(record.child_runs).filter(isFields)
  return [
    run(record, trace, line, above === null && isRoot(record)),
    ...within.flatMap((one) => langsmithSpans(one, line, trace)),
  ]
}

const isRoot = (record: Fields): boolean =>
  wordIn(record.parent_run_id) === undefined && listIn(opened(record.parent_run_ids)).length === 0

function run(record: Fields, trace: string, line: number, root: boolean): Span {
  const kind = KINDS[String(record.run_type ?? '').toLowerCase()] ?? 'other'
  const extra = fieldsIn(opened(record.extra))
  const { ls_model_name, revision_id, ...about } = fieldsIn(extra.metadata)
  const call = fieldsIn(extra.invocation_params)
  return {
    trace,
    id: wordIn(record.id) ?? '',
    line,
    kind,
    root,
    interaction:
      kind === 'retrieval' && !root ? null : interactionOf(record.inputs, record.outputs, ['inputs', 'outputs']),
    documents: kind === 'retrieval' ? documentsIn(record.outputs) : [],
    model: wordIn(ls_model_name) ?? wordIn(call.model) ?? wordIn(call.model_name),
    systemVersion: wordIn(revision_id),
    startedAt: momentOf(record.start_time, 'start_time'),
    endedAt: momentOf(record.end_time, 'end_time'),
    metadata: kept({
      ...about,
      name: record.name,
      project: record.session_name,
      tags: opened(record.tags),
      error: record.error,
    }),
    signals: signalsIn(opened(record.feedback_stats)),
  }
}

/** The mean of each kind of feedback. */
function signalsIn(stats: unknown): Signals {
  return Object.fromEntries(
    Object.entries(fieldsIn(stats)).flatMap(([name, value]) => {
      const { avg } = fieldsIn(value)
      return typeof avg === 'number' ? [[name, avg]] : []
    }),
  )
}

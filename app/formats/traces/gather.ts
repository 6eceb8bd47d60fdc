import { MAX_DOCUMENTS } from '../case.ts'
import type { Numbered } from '../unreadable.ts'
import type { Document } from './interaction.ts'
import { Unclear } from './loose-json.ts'
import { isEmpty, rankOf, type Signals, type Span } from './span.ts'

/** Traces of which a span was seen lately are held; exports keep the spans of a trace close together. */
const HELD = 10_000

/** Why a record became no trace of its own. */
export type Passed = Record<string, number>

type Gathered = {
  best: Span
  /** The last answer of a model or an agent, for a trace whose own was not logged. */
  answer: { text: string; at: string }
  model: string | undefined
  systemVersion: string | undefined
  documents: Document[]
  signals: Signals
}

/** Makes one trace of the spans of each, holding no more of a file than a window of it. */
export class Gathering {
  readonly #held = new Map<string, Gathered>()
  readonly #gone = new Set<string>()
  readonly #window: number
  passed: Passed = {}

  constructor(window = HELD) {
    this.#window = window
  }

  /** Takes a span in; returns the traces that are complete, or taken to be. */
  add(span: Span): Numbered<unknown>[] {
    if (this.#gone.has(span.trace)) {
      this.#pass('steps that came long after the rest of their trace')
      return []
    }
    const found = this.#held.get(span.trace)
    if (found && again(found.best, span)) return []
    // Taken out and put back: the map's order is that of the last touch.
    this.#held.delete(span.trace)
    this.#held.set(span.trace, found === undefined ? fresh(span) : this.#joined(found, span))
    return this.#held.size > this.#window ? this.#leave(this.#held.size - this.#window) : []
  }

  /** The traces that are left. */
  rest(): Numbered<unknown>[] {
    return this.#leave(this.#held.size)
  }

  /** What was passed over since the last time of asking. */
  takePassed(): Passed {
    const passed = this.passed
    this.passed = {}
    return passed
  }

  #joined(found: Gathered, span: Span): Gathered {
    this.#pass('steps within an interaction')
    const better = compare(span, found.best) > 0
    return {
      best: better ? span : found.best,
      answer: later(found.answer, answerOf(span)),
      model: found.model ?? span.model,
      systemVersion: found.systemVersion ?? span.systemVersion,
      documents: [...found.documents, ...span.documents],
      signals: { ...found.signals, ...span.signals },
    }
  }

  #leave(count: number): Numbered<unknown>[] {
    const made: Numbered<unknown>[] = []
    for (const [trace, gathered] of this.#held) {
      if (made.length === count) break
      made.push({ line: gathered.best.line, record: recordOf(trace, gathered) })
    }
    for (const { record } of made) {
      const { key } = record as { key: string }
      this.#held.delete(key)
      this.#gone.add(key)
    }
    const asked = made.filter(({ record }) => (record as { input: string }).input.trim() !== '')
    if (asked.length < made.length) this.#pass('traces without a question', made.length - asked.length)
    return asked
  }

  #pass(why: string, count = 1): void {
    this.passed[why] = (this.passed[why] ?? 0) + count
  }
}

/** True for the very span again; one of the same id that says something else is a fault of the file. */
function again(best: Span, span: Span): boolean {
  if (span.id === '' || best.id !== span.id) return false
  if (JSON.stringify(best.interaction) === JSON.stringify(span.interaction)) return true
  throw new Unclear('id', `“${span.id.slice(0, 60)}” is on line ${best.line} already, with other content`)
}

const fresh = (span: Span): Gathered => ({
  best: span,
  answer: answerOf(span),
  model: span.model,
  systemVersion: span.systemVersion,
  documents: span.documents,
  signals: span.signals,
})

function answerOf({ kind, interaction, endedAt, startedAt }: Span): Gathered['answer'] {
  const says = kind === 'generation' || kind === 'agent'
  return { text: says ? (interaction?.response.trim() ?? '') : '', at: endedAt ?? startedAt ?? '' }
}

const later = (a: Gathered['answer'], b: Gathered['answer']): Gathered['answer'] =>
  b.text !== '' && (a.text === '' || b.at >= a.at) ? b : a

/** Of two that rank alike the later to end says how it ended. */
function compare(a: Span, b: Span): number {
  const byRank = rankOf(a) - rankOf(b)
  if (byRank !== 0) return byRank
  return (a.endedAt ?? a.startedAt ?? '') > (b.endedAt ?? b.startedAt ?? '') ? 1 : -1
}

function recordOf(
  trace: string,
  { best, answer, model, systemVersion, documents, signals }: Gathered,
): Record<string, unknown> {
  const { interaction, metadata } = best
  const all = distinct([...(interaction?.documents ?? []), ...documents])
  const instructions = interaction?.instructions ?? ''
  return recordWithout({
    key: trace,
    input: interaction?.input ?? '',
    documents: all.length > 0 ? all : undefined,
    // What went wrong has no answer, whatever was said on the way.
    response: interaction?.response.trim() || metadata.error !== undefined ? interaction?.response : answer.text,
    system_version: best.systemVersion ?? systemVersion,
    model: best.model ?? model,
    occurred_at: best.startedAt,
    signals: Object.keys(signals).length > 0 ? signals : undefined,
    metadata: { ...metadata, ...(instructions === '' ? {} : { instructions }) },
  })
}

function distinct(documents: readonly Document[]): Document[] {
  const byText = new Map<string, Document>()
  for (const document of documents) if (!byText.has(document.text)) byText.set(document.text, document)
  return [...byText.values()].slice(0, MAX_DOCUMENTS)
}

/** The record without fields that hold nothing. */
export const recordWithout = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined && value !== '' && !isEmpty(value)),
  )

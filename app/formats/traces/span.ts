import type { Document, Interaction } from './interaction.ts'

/** What kind of work a span was; the later ones stand for the whole interaction rather than a part of it. */
export const SPAN_KINDS = ['other', 'retrieval', 'step', 'generation', 'agent', 'whole'] as const
export type SpanKind = (typeof SPAN_KINDS)[number]

export type Signals = Record<string, number | boolean | string>

/** One step of an interaction, as tools of observation log them: a tree of spans for each trace. */
export type Span = {
  trace: string
  id: string
  line: number
  kind: SpanKind
  /** True where nothing is known above it. */
  root: boolean
  /** Null where it logged neither a question nor an answer. */
  interaction: Interaction | null
  /** What it retrieved. */
  documents: Document[]
  model: string | undefined
  systemVersion: string | undefined
  /** ISO 8601. */
  startedAt: string | undefined
  endedAt: string | undefined
  metadata: Record<string, unknown>
  signals: Signals
}

/** How well a span stands for its trace: one with a question before one without, then the root, then by kind, then one answered. */
export function rankOf({ interaction, root, kind }: Span): number {
  const [asked, answered] = [interaction?.input.trim(), interaction?.response.trim()]
  return (asked ? 1_000 : 0) + (root ? 100 : 0) + 10 * SPAN_KINDS.indexOf(kind) + (answered ? 1 : 0)
}

/** The parts of metadata that hold something. */
export const kept = (parts: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(parts).filter(
      ([, value]) => value !== undefined && value !== null && value !== '' && !isEmpty(value),
    ),
  )

export const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

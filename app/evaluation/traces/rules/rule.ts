/** Rules that assign traces: read from one field, tested by text or pattern. */
import type { RuleTarget, RuleTest } from '#db/schema/traces.ts'

export type RuleValues = { target: RuleTarget; value: string; field: string; test: RuleTest; pattern: string }

/** Of a trace, what rules may look at. */
export type Examined = {
  key: string
  input: string
  response: string
  systemVersion: string | null
  model: string | null
  metadata: Record<string, unknown>
  signals: Record<string, unknown>
}

export const RULE_FIELDS = ['input', 'response', 'system_version', 'model', 'key'] as const

export const isRuleField = (field: string): boolean =>
  RULE_FIELDS.some((one) => one === field) || /^(metadata|signals)\.\S.{0,200}$/.test(field)

/** Patterns see no more of a text than this. */
const LOOKED_AT = 50_000

/** What a rule's field holds in a trace, as text; empty where it holds nothing. */
export function fieldOf(trace: Examined, field: string): string {
  if (field === 'system_version') return trace.systemVersion ?? ''
  if (field === 'model') return trace.model ?? ''
  if (field === 'input' || field === 'response' || field === 'key') return trace[field].slice(0, LOOKED_AT)
  const [of, ...rest] = field.split('.')
  const held = valueAt(of === 'signals' ? trace.signals : trace.metadata, rest.join('.'))
  if (held === undefined || held === null) return ''
  return (typeof held === 'object' ? JSON.stringify(held) : String(held)).slice(0, LOOKED_AT)
}

/** By its whole name first: names may hold dots themselves. */
function valueAt(of: unknown, path: string): unknown {
  if (typeof of !== 'object' || of === null) return undefined
  if (Object.hasOwn(of, path)) return (of as Record<string, unknown>)[path]
  const dot = path.indexOf('.')
  if (dot < 0 || !Object.hasOwn(of, path.slice(0, dot))) return undefined
  return valueAt((of as Record<string, unknown>)[path.slice(0, dot)], path.slice(dot + 1))
}

/** A rule ready to be asked of traces. Capitals do not matter. @throws SyntaxError for a pattern that is none */
export function compiled({
  field,
  test,
  pattern,
}: Pick<RuleValues, 'field' | 'test' | 'pattern'>): (trace: Examined) => boolean {
  if (test === 'matches') {
    const expression = new RegExp(pattern, 'iu')
    return (trace) => expression.test(fieldOf(trace, field))
  }
  const wanted = pattern.toLowerCase().trim()
  if (test === 'equals') return (trace) => fieldOf(trace, field).toLowerCase().trim() === wanted
  return (trace) => fieldOf(trace, field).toLowerCase().includes(wanted)
}

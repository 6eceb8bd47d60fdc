export type ProblemKind = 'invalid' | 'forbidden' | 'missing' | 'conflict' | 'gone' | 'throttled' | 'busy'

/**
 * An expected failure, told to a person: what happened, and what to do (`message` says both). `fields` carries messages
 * for single fields of a form, by field name. The web layer turns it into a response, the command line into a line.
 */
export class Problem extends Error {
  readonly kind: ProblemKind
  readonly fields: Readonly<Record<string, string>>
  /** A word a program can act on, such as `lease-expired`. */
  readonly code: string

  constructor(kind: ProblemKind, message: string, more: { code?: string; fields?: Record<string, string> } = {}) {
    super(message)
    this.name = 'Problem'
    this.kind = kind
    this.code = more.code ?? kind
    this.fields = more.fields ?? {}
  }
}

/** What zod found wrong with a record, in words. */
import type { z } from 'zod'

type Issue = z.core.$ZodIssue
type Fault = { field: string | null; reason: string }

/** The faults of a record in words; `fields` are the names a record of this kind may have. */
export const faultsIn = (error: z.ZodError, fields: readonly string[]): Fault[] =>
  error.issues.map((issue) => faultOf(issue, [], fields))

function faultOf(issue: Issue, before: readonly PropertyKey[], fields: readonly string[]): Fault {
  const path = [...before, ...issue.path]
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const within = closest(issue.errors)
    if (within) return faultOf(within, path, fields)
  }
  return { field: path.length === 0 ? null : pathOf(path), reason: reasonOf(issue, path, fields) }
}

/** Of the branches of a union, the fault of the one that got beyond the type of the value itself. */
const closest = (branches: readonly (readonly Issue[])[]): Issue | undefined =>
  branches.find((issues) => issues.some((issue) => issue.path.length > 0))?.[0]

function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((before, part) => {
    if (typeof part === 'number') return `${before}[${part}]`
    return before === '' ? String(part) : `${before}.${String(part)}`
  }, '')
}

function reasonOf(issue: Issue, path: readonly PropertyKey[], fields: readonly string[]): string {
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = path.length === 0 ? ` Known fields: ${fields.join(', ')}.` : ''
      const own = fields.includes('metadata') && path.length === 0 ? ' What is your own goes under “metadata”.' : ''
      return `has ${issue.keys.map((key) => `“${key}”`).join(', ')}, which nothing is known of.${known}${own}`
    }
    case 'invalid_type':
      return issue.input === undefined
        ? 'is missing'
        : `must be ${TYPES[issue.expected] ?? issue.expected}, but is ${shown(issue.input)}`
    case 'invalid_value':
      return `must be ${issue.values.map((value) => `“${String(value)}”`).join(' or ')}, but is ${shown(issue.input)}`
    case 'invalid_union':
      return issue.message === 'Invalid input'
        ? `must be a text, or an object with title and text, but is ${shown(issue.input)}`
        : `${issue.message}, but is ${shown(issue.input)}`
    case 'too_small':
      return issue.origin === 'string' ? 'is empty' : `must be at least ${issue.minimum}${unit(issue.origin)}`
    case 'too_big':
      return `must be at most ${issue.maximum}${unit(issue.origin)}`
    default:
      return issue.message
  }
}

const TYPES: Record<string, string> = {
  string: 'a text',
  int: 'a whole number',
  number: 'a number',
  array: 'a list […]',
  object: 'an object {…}',
  record: 'an object {…}',
}

const unit = (origin: string) => (origin === 'string' ? ' characters long' : origin === 'array' ? ' entries long' : '')

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = typeof value === 'string' ? `“${value}”` : String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

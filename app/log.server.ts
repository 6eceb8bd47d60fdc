import pino, { type Logger } from 'pino'
import { env } from './env.server.ts'

let made: Logger | undefined

/** The structured log: one JSON object a line on standard output. Never case content, never secrets. */
export function log(): Logger {
  made ??= pino({
    level: env().logLevel,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: errorForLog },
  })
  return made
}

/**
 * An error as it is logged. One of a failed query carries the values that were to be stored, in its message, its stack and
 * beside them: of those only the query is kept, and what the database said of it.
 */
export function errorForLog(error: unknown): unknown {
  const chain = causesOf(error)
  const plain: unknown = pino.stdSerializers.err(error as Error)
  if (!chain.some(ofQuery)) return plain
  const stack = chain.flatMap((one) => (one.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)))
  const message = chain.map((one) => (ofQuery(one) ? `Failed query: ${one.query}` : one.message)).join(': ')
  return { type: chain[0]?.constructor.name, message, stack: stack.join('\n') }
}

const ofQuery = (error: Error): error is Error & { query: string } => 'query' in error && 'params' in error

function causesOf(error: unknown): Error[] {
  const found: Error[] = []
  for (let one = error; one instanceof Error && !found.includes(one); one = one.cause) found.push(one)
  return found
}

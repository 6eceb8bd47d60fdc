import pino, { type Logger } from 'pino'
import { env } from './env.server.ts'

let made: Logger | undefined

/** The structured log: one JSON object a line on standard output. Never case content, never secrets. */
export function log(): Logger {
  made ??= pino({ level: env().logLevel, base: undefined, timestamp: pino.stdTimeFunctions.isoTime })
  return made
}

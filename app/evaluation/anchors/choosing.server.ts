import { computedOnce } from '../computing/computed.server.ts'
import type { Choosing } from './chosen.ts'

/** Chooses among many ratings off the request's thread. */
export const CHOOSING: Choosing = (read, asked) => computedOnce(read, 'anchor draw', asked)

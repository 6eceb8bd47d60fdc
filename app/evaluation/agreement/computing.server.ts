import { computed } from '../computing/computed.server.ts'
import type { Computing } from './agreement.ts'

/** Computes agreement off the request's thread when it is long, and keeps results until ratings change. */
export const COMPUTING: Computing = {
  figures: (read, filter) => computed(read, 'agreement', filter),
  dimension: (read, asked) => computed(read, 'dimension', asked),
  comparison: (read, asked) => computed(read, 'comparison', asked),
  plan: (read, asked) => computed(read, 'plan', asked),
}

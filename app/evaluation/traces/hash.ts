import { sha256 } from '#app/ambient.ts'
import { canonical } from '#app/evaluation/cases/hash.ts'

export type HashedTrace = {
  input: string
  response: string
  documentHashes: readonly string[]
  systemVersion: string | null
  model: string | null
  occurredAt: number | null
  metadata: Record<string, unknown>
}

/** Equal hashes mean the same interaction. Signals are left out: they may come later than the interaction they are of. */
export const traceHash = (trace: HashedTrace): string =>
  sha256(
    JSON.stringify([
      trace.input,
      trace.response,
      trace.documentHashes,
      trace.systemVersion,
      trace.model,
      trace.occurredAt,
      canonical(trace.metadata),
    ]),
  )

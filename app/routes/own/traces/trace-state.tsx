import type { TraceState as State } from '#db/schema/traces.ts'

/** How a trace stands, in a word. */
export function TraceState({ state, duplicate, answered }: { state: State; duplicate: boolean; answered: boolean }) {
  if (state === 'sampled') {
    return (
      <span className="state" data-tone="good">
        A case
      </span>
    )
  }
  if (duplicate) return <span className="chip">Merged</span>
  if (state === 'excluded') return <span className="chip">Left out</span>
  return answered ? <span className="soft">Open</span> : <span className="soft">Open, no answer</span>
}

import { Form } from '@remix-run/react'
import type { AssignedBefore } from '#app/evaluation/traces/assign.ts'
import { Submit } from '#app/ui/submit.tsx'

type Result = {
  done: string | null
  before: AssignedBefore | null
  faults: { message: string | null; fields: Readonly<Record<string, string>> } | null
}

/** How many traces, in words. */
export const traces = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'trace' : 'traces'}`

/** What was done to traces just now, and the way back where there is one. */
export function Done({ result }: { result: Result | undefined }) {
  if (!result) return null
  if (result.faults) {
    return (
      <p className="banner" data-tone="bad" role="alert">
        {[result.faults.message, ...Object.values(result.faults.fields)].filter(Boolean).join(' ')}
      </p>
    )
  }
  if (result.done === null) return null
  return (
    <div className="banner" role="status">
      <span>{result.done}</span>
      {result.before && result.before.length > 0 ? (
        <Form method="post">
          <input type="hidden" name="before" value={JSON.stringify(result.before)} />
          <Submit name="intent" value="take-back">
            Undo
          </Submit>
        </Form>
      ) : null}
    </div>
  )
}

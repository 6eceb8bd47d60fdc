import type { Quality } from '#db/schema/cases.ts'

const QUALITIES = ['high', 'borderline'] as const

/** Whether a case has a reference of both qualities that a second person validated, and if not, what is missing. */
export function ReferenceState({
  qualities,
  validated,
}: {
  qualities: readonly Quality[]
  validated: readonly Quality[]
}) {
  const missing = QUALITIES.filter((quality) => !qualities.includes(quality))
  const unchecked = QUALITIES.filter((quality) => !validated.includes(quality))
  if (unchecked.length === 0) return <>Both validated</>
  if (missing.length > 0) {
    return (
      <span className="state" data-tone={missing.length === 2 ? 'none' : 'warn'}>
        {missing.length === 2 ? 'None yet' : `No ${missing[0]} yet`}
      </span>
    )
  }
  return (
    <span className="state" data-tone="none">
      {unchecked.length === 2 ? 'Both, not checked' : `${unchecked[0] === 'high' ? 'High' : 'Borderline'} not checked`}
    </span>
  )
}

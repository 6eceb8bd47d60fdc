import type { Quality } from '#db/schema/cases.ts'

/** Whether a case has a reference of both qualities, and if not, what is missing. */
export function ReferenceState({ qualities }: { qualities: readonly Quality[] }) {
  const missing = (['high', 'borderline'] as const).filter((quality) => !qualities.includes(quality))
  if (missing.length === 0) return <>Both</>
  return (
    <span className="state" data-tone={missing.length === 2 ? 'none' : 'warn'}>
      {missing.length === 2 ? 'None yet' : `No ${missing[0]} yet`}
    </span>
  )
}

import type { RotationCalendar } from '#app/evaluation/rotation/calendar.ts'
import { Section } from '#app/ui/page.tsx'
import { When } from '#app/ui/when.tsx'

/** When the pools are to turn next, and the times after that. */
export function Coming({ calendar }: { calendar: RotationCalendar }) {
  const { dueAt, overdue, coming, rotationDays } = calendar
  if (dueAt === null) {
    return (
      <p className="finding">
        Nothing is due: no cases have been sampled yet. The first rotation falls {rotationDays} days after that.
      </p>
    )
  }
  return (
    <Section
      id="coming"
      title="When the pools turn"
      lead={`Every ${rotationDays} days after the last rotation, or after the first sampling.`}
    >
      <ol className="calendar">
        {coming.map((at, i) => (
          <li key={at}>
            <strong>
              <When at={at} />
            </strong>
            {i > 0 ? (
              <span className="faint">if the one before is kept</span>
            ) : overdue ? (
              <span className="state" data-tone="bad">
                Overdue
              </span>
            ) : (
              <span className="state" data-tone="none">
                Next
              </span>
            )}
          </li>
        ))}
      </ol>
    </Section>
  )
}

import type { CaseEvent } from '#app/evaluation/cases/history.ts'
import { Section } from '#app/ui/page.tsx'
import { When } from '#app/ui/when.tsx'

export function History({ events }: { events: CaseEvent[] }) {
  return (
    <Section id="history" title="History">
      <ol className="history">
        {events.map((event) => (
          <li key={`${event.at} ${event.what}`}>
            <span>
              {event.actor ? <strong>{event.actor} </strong> : null}
              {event.what}
            </span>
            <span className="faint">
              <When at={event.at} time />
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}

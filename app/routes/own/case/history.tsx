import type { CaseEvent } from '#app/evaluation/cases/history.ts'
import { Section } from '#app/ui/page.tsx'
import { Paging } from '#app/ui/paging.tsx'
import { When } from '#app/ui/when.tsx'

export function History({
  events,
  total,
  page,
  size,
}: {
  events: CaseEvent[]
  total: number
  page: number
  size: number
}) {
  return (
    <Section id="history" title="History">
      <ol className="history">
        {events.map((event) => (
          <li key={`${event.at} ${event.actor} ${event.what}`}>
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
      {total > size ? <Paging page={page} size={size} total={total} of="events" name="history" /> : null}
    </Section>
  )
}

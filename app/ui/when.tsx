import { useHydrated } from './hydrated.ts'

const UTC = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' })
const UTC_TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })

/** A moment: in UTC as sent by the server, in the reader's own zone and format once the page is alive. */
export function When({ at, time = false }: { at: number; time?: boolean }) {
  const alive = useHydrated()
  const date = new Date(at)
  const format = alive
    ? new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', ...(time ? { timeStyle: 'short' } : {}) })
    : time
      ? UTC_TIME
      : UTC
  return (
    <time dateTime={date.toISOString()} title={date.toISOString()}>
      {format.format(date)}
    </time>
  )
}

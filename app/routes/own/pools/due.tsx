import { Link } from '@remix-run/react'
import { When } from '#app/ui/when.tsx'

type NextRotation = { dueAt: number | null; daysLeft: number | null; rotationDays: number }

const days = (count: number) => `${count} ${count === 1 ? 'day' : 'days'}`

/** When the pools are to turn next; loud where that is past. */
export function Due({
  due: { dueAt, daysLeft, rotationDays },
  held,
  mayLook,
}: {
  due: NextRotation
  held: number
  mayLook: boolean
}) {
  const look = mayLook ? <Link to="../rotations">See the rotations</Link> : null
  if (dueAt === null || daysLeft === null) {
    return (
      <p className="soft">
        They turn every {days(rotationDays)}, from the first sampling on
        {held > 0 ? '; nothing was sampled yet' : ''}.
      </p>
    )
  }
  if (daysLeft <= 0) {
    return (
      <p className="banner" data-tone="bad">
        <span>
          The rotation was due on <When at={dueAt} />
          {daysLeft < 0 ? `, ${days(-daysLeft)} ago` : ''}: the holdout is known longer than it should be. {look}
        </span>
      </p>
    )
  }
  return (
    <p className="soft">
      The next rotation is due on <When at={dueAt} />, in {days(daysLeft)}. {look}
    </p>
  )
}

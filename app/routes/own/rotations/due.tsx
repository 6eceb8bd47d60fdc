import { Link, useParams } from '@remix-run/react'
import { When } from '#app/ui/when.tsx'

/** That a rotation is overdue, on every page where somebody can see to it. */
export function RotationDue({ overdue }: { overdue: { dueAt: number; daysLate: number } | null }) {
  const { project } = useParams()
  if (overdue === null) return null
  const { dueAt, daysLate } = overdue
  const late = daysLate === 0 ? 'today' : daysLate === 1 ? 'a day ago' : `${daysLate.toLocaleString('en')} days ago`
  return (
    <p className="banner" data-tone="bad" role="status">
      <span>
        The pools were to be rotated on <When at={dueAt} />, {late}. The longer a case stays active, the less its score
        says. <Link to={`/p/${project}/rotations/plan`}>See what a rotation would do</Link>.
      </span>
    </p>
  )
}

import { NavLink, useParams } from '@remix-run/react'

/** The pages about traces, from any of them. */
export function TraceTabs() {
  const { project } = useParams()
  const to = (page: string) => `/p/${project}/traces${page}`
  return (
    <nav className="tabs" aria-label="Traces">
      <NavLink to={to('')} end>
        All traces
      </NavLink>
      <NavLink to={to('/rules')}>Rules</NavLink>
      <NavLink to={to('/duplicates')}>Near-duplicates</NavLink>
    </nav>
  )
}

import { NavLink, useParams } from '@remix-run/react'

/** The pages of one matter, from any of them. `to` is an address within the project; the first is the matter's own. */
export function Tabs({ label, pages }: { label: string; pages: readonly { to: string; label: string }[] }) {
  const { project } = useParams()
  return (
    <nav className="tabs" aria-label={label}>
      {pages.map((page, i) => (
        <NavLink key={page.to} to={`/p/${project}/${page.to}`} end={i === 0}>
          {page.label}
        </NavLink>
      ))}
    </nav>
  )
}

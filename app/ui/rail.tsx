import { Form, NavLink } from '@remix-run/react'
import { ThemeSwitch } from './theme.tsx'

export type RailGroup = { title: string; links: { to: string; label: string; count?: number }[] }

/** The rail of plain words: where one can go in this project, by the work one does. */
export function Rail({
  project,
  groups,
  person,
}: {
  project: { slug: string; name: string }
  groups: RailGroup[]
  person: string
}) {
  return (
    <nav className="rail" aria-label="Assay">
      <div>
        <NavLink className="mark" to="/">
          Assay
        </NavLink>
        <p className="project soft">{project.name}</p>
      </div>
      {groups.map((group) => (
        <div key={group.title}>
          <h2>{group.title}</h2>
          <ul>
            {group.links.map((link) => (
              <li key={link.to}>
                <NavLink to={`/p/${project.slug}/${link.to}`} prefetch="intent">
                  {link.label}
                  {link.count ? <span className="faint">{link.count}</span> : null}
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <div className="who">
        <NavLink to="/account">{person}</NavLink>
        <ThemeSwitch />
        <Form method="post" action="/sign-out">
          <button type="submit" className="quiet">
            Sign out
          </button>
        </Form>
      </div>
    </nav>
  )
}

import { Form, Link, NavLink, useLocation } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { ThemeSwitch } from './theme.tsx'

/** `pages`: the tabs of the matter it leads to, where it has some. */
export type RailLink = { to: string; label: string; pages: RailLink[] }
export type RailGroup = { title: string; links: RailLink[] }

const MENU = 'rail-menu'
// React 18 passes these through as they are, and has no types for them.
const BEHIND_BUTTON = { popover: 'auto' }
const OPENS_MENU = { popovertarget: MENU }

/** The rail of plain words: where one can go in this project, by the work one does. On a phone it is behind a button. */
export function Rail({
  project,
  groups,
  person,
  others,
  more,
}: {
  project: { slug: string; name: string }
  groups: RailGroup[]
  person: string
  /** One's other projects, and whether there are more than these. */
  others: { slug: string; name: string }[]
  more: boolean
}) {
  const menu = useRef<HTMLDivElement>(null)
  const { pathname } = useLocation()
  const isAt = (to: string) => `${pathname}/`.startsWith(`/p/${project.slug}/${to}/`)
  // The next page comes without a load.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it closes when the address changes, whatever the address is
  useEffect(() => {
    if (menu.current?.matches(':popover-open')) menu.current.hidePopover()
  }, [pathname])
  return (
    <nav className="rail" aria-label="Assay">
      <div>
        <NavLink className="mark" to="/">
          Assay
        </NavLink>
        <p className="project soft">{project.name}</p>
      </div>
      <button type="button" className="rail-button" {...OPENS_MENU}>
        Menu
      </button>
      <div id={MENU} className="rail-menu" ref={menu} {...BEHIND_BUTTON}>
        {groups.map((group) => (
          <div key={group.title}>
            <h2>{group.title}</h2>
            <ul>
              {group.links.map((link) => (
                <li key={link.to}>
                  <Link
                    to={`/p/${project.slug}/${link.to}`}
                    prefetch="intent"
                    aria-current={[link, ...link.pages].some(({ to }) => isAt(to)) ? 'page' : undefined}
                  >
                    {link.label}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
        {others.length > 0 ? (
          <div>
            <h2>Other projects</h2>
            <ul>
              {others.map(({ slug, name }) => (
                <li key={slug}>
                  <Link to={`/p/${slug}`}>{name}</Link>
                </li>
              ))}
              {more ? (
                <li>
                  <Link to="/account">All projects</Link>
                </li>
              ) : null}
            </ul>
          </div>
        ) : null}
        <div className="who">
          <NavLink to="/account">{person}</NavLink>
          <ThemeSwitch />
          <Form method="post" action="/sign-out">
            <button type="submit" className="quiet">
              Sign out
            </button>
          </Form>
        </div>
      </div>
    </nav>
  )
}

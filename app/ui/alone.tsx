import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'

/** A page outside any project: a bar with the ways on, then its matter in one column. */
export function Alone({ title, ways, children }: { title: string; ways?: ReactNode; children: ReactNode }) {
  return (
    <div className="alone">
      <header className="row">
        <Link className="mark" to="/">
          Assay
        </Link>
        {ways ? <nav className="row aside">{ways}</nav> : null}
      </header>
      <main id="main">
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  )
}

/** The narrowest page: one thing to do, such as signing in. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="door" id="main">
      <p className="mark">Assay</p>
      <h1>{title}</h1>
      {children}
    </main>
  )
}

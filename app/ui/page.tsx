import type { ReactNode } from 'react'

/** The matter of a page beside the rail: one title, what can be done, then its sections. */
export function Page({
  title,
  actions,
  note,
  children,
}: {
  title: string
  actions?: ReactNode
  note?: ReactNode
  children: ReactNode
}) {
  return (
    <main className="page" id="main">
      <header className="title">
        <h1>{title}</h1>
        {note}
        {actions ? <div className="row aside">{actions}</div> : null}
      </header>
      {children}
    </main>
  )
}

/** A part of a page under its own heading. */
export function Section({
  id,
  title,
  aside,
  lead,
  children,
}: {
  id: string
  title: string
  aside?: ReactNode
  lead?: ReactNode
  children: ReactNode
}) {
  return (
    <section className="section" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {aside}
        {lead ? <p>{lead}</p> : null}
      </header>
      {children}
    </section>
  )
}

/** Nothing here yet: what this is, and the one thing to do next. */
export function Empty({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </div>
  )
}

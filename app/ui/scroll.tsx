import type { ReactNode } from 'react'

/** In the order of the page: what scrolls must be reached by keyboard too (WCAG 2.1.1). */
const REACHABLE = 0

/** A table wider than a phone, in a box that scrolls sideways. `label` says what is in it. */
export function Scroll({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section className="scroll" aria-label={label} tabIndex={REACHABLE}>
      {children}
    </section>
  )
}

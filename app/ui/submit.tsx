import { useNavigation } from '@remix-run/react'
import type { ReactNode } from 'react'

/** A submit button that does nothing while a form is on its way: a second press would send it twice. */
export function Submit({
  kind,
  name,
  value,
  children,
}: {
  kind?: 'primary' | 'quiet' | 'danger'
  name?: string
  value?: string
  children: ReactNode
}) {
  const busy = useNavigation().state === 'submitting'
  return (
    <button type="submit" className={kind} name={name} value={value} disabled={busy}>
      {children}
    </button>
  )
}

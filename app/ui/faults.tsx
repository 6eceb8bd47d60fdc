import { useEffect, useRef } from 'react'

type Faults = { message: string | null; fields: Readonly<Record<string, string>> }

/**
 * What is wrong with a form as a whole, said at its top. Where single fields are wrong, the first of them takes the focus,
 * so that a keyboard goes on where the mending is to be done.
 */
export function FormFaults({ faults }: { faults: Faults | undefined }) {
  const banner = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    if (!faults) return
    const form = banner.current?.closest('form')
    const first = form?.querySelector<HTMLElement>('[aria-invalid="true"]')
    ;(first ?? banner.current)?.focus()
  }, [faults])
  if (!faults) return null
  const atFields = Object.values(faults.fields)
  // What stands under a field need not be said twice.
  const own = faults.message !== null && !atFields.includes(faults.message) ? faults.message : null
  const message = own ?? (atFields.length > 0 ? 'Mend what is marked below.' : null)
  return message ? (
    <p className="banner" data-tone="bad" role="alert" tabIndex={-1} ref={banner}>
      {message}
    </p>
  ) : null
}

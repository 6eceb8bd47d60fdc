import type { ReactNode } from 'react'

/** A button that changes rows. Where it has to send the form, the page comes back at the dimension it is about. */
export function StepButton({
  id,
  value,
  to,
  disabled,
  label,
  children,
}: {
  id?: string
  value: string
  to: number
  disabled: boolean
  label: string
  children: ReactNode
}) {
  return (
    <button
      type="submit"
      className="quiet"
      id={id}
      name="do"
      value={value}
      formAction={`#dimension-${to}`}
      disabled={disabled}
      aria-label={label}
    >
      {children}
    </button>
  )
}

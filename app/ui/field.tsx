import { type ReactNode, useId } from 'react'

type ControlAttributes = { id: string; 'aria-invalid'?: true; 'aria-describedby'?: string }

/** A control with its label above and, below, a hint and what is wrong with what was entered. */
export function Field({
  label,
  hint,
  error,
  id: given,
  children,
}: {
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  /** Where something else has to find the control. */
  id?: string
  children: (attributes: ControlAttributes) => ReactNode
}) {
  const made = useId()
  const id = given ?? made
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        ...(error ? { 'aria-invalid': true } : {}),
        ...(described ? { 'aria-describedby': described } : {}),
      })}
      {error ? (
        <p className="fault" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
      {hint ? <small id={`${id}-hint`}>{hint}</small> : null}
    </div>
  )
}

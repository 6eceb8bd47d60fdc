import type { ReactNode } from 'react'

/** A labelled list to choose one from; its options are the children. */
export function Choice({
  label,
  name,
  value,
  children,
}: {
  label: string
  name: string
  value: string
  children: ReactNode
}) {
  return (
    <label className="field">
      <span>{label}</span>
      <select name={name} defaultValue={value}>
        {children}
      </select>
    </label>
  )
}

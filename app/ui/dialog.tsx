import { type ReactNode, useEffect, useId, useRef } from 'react'

/**
 * A modal dialog: the browser's own, which holds the focus, gives it back, and closes on Escape. Drawn only while open,
 * so that each opening starts afresh. The focus goes to what has `data-first`, else where the browser puts it.
 */
export function Dialog({
  title,
  onClose,
  className,
  children,
}: {
  title: string
  onClose: () => void
  className?: string
  children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const element = dialog.current
    if (!element?.open) element?.showModal()
    element?.querySelector<HTMLElement>('[data-first]')?.focus()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      className={className}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  )
}

import { useEffect, useRef } from 'react'

/** Where a key was pressed: a field of text keeps its keys for itself, and so does an open dialog. */
export type Where = 'page' | 'text' | 'dialog'

const NOT_TEXT = /^(radio|checkbox|button|submit|reset|range|color|file|image)$/

function whereIs(target: EventTarget | null): Where {
  if (document.querySelector('dialog[open]')) return 'dialog'
  if (!(target instanceof HTMLElement)) return 'page'
  if (target instanceof HTMLInputElement) return NOT_TEXT.test(target.type) ? 'page' : 'text'
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName) ? 'text' : 'page'
}

/**
 * Hears every key press on the page. The handler returns true for a press that it has used, which then does nothing else.
 * Keys of an input method in the middle of a word are not heard.
 */
export function useShortcut(handler: (event: KeyboardEvent, where: Where) => boolean): void {
  const latest = useRef(handler)
  useEffect(() => {
    latest.current = handler
  })
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented) return
      if (latest.current(event, whereIs(event.target))) event.preventDefault()
    }
    document.addEventListener('keydown', hear)
    return () => document.removeEventListener('keydown', hear)
  }, [])
}

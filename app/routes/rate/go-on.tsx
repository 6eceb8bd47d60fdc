import { useRef } from 'react'
import type { ShownProgress } from '#app/evaluation/queue/shown.ts'
import { useShortcut } from '#app/ui/use-shortcut.ts'

/** The one thing to do in the queue: go on rating. Enter does it wherever the focus is on nothing else. */
export function GoOn({ to, progress }: { to: string; progress: ShownProgress }) {
  const link = useRef<HTMLAnchorElement>(null)
  useShortcut(({ key, repeat, target }) => {
    if (key !== 'Enter' || repeat || target !== document.body) return false
    link.current?.click()
    return true
  })
  // The rating page is a program of its own: it is loaded, not routed to.
  return (
    <a className="button primary" href={to} ref={link}>
      {progress.done === 0 ? 'Start' : `Go on with case ${progress.done + 1}`} <kbd>↵</kbd>
    </a>
  )
}

import { useRef } from 'react'
import { useBeforePaint } from '#app/ui/before-paint.ts'
import { scrollPanesUp } from './panes.ts'
import { focusRow } from './row-focus.ts'

/** When another item comes on screen it is read from its beginning, with the focus on its first unscored dimension. */
export function useNewItem(assignment: string, current: string): void {
  const seen = useRef(assignment)
  useBeforePaint(() => {
    if (seen.current === assignment) return
    seen.current = assignment
    scrollPanesUp()
    focusRow(current)
  }, [assignment, current])
}

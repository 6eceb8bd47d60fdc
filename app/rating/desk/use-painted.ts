import { useCallback, useEffect, useRef } from 'react'

/** Whether what is on screen now has been painted: a key pressed before that was meant for what was there before. */
export function usePainted(assignment: string): () => boolean {
  const painted = useRef('')
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        painted.current = assignment
      })
    })
    return () => cancelAnimationFrame(frame)
  }, [assignment])
  return useCallback(() => painted.current === assignment, [assignment])
}

import { useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'

/** Loads the page's data again every so often while `active`, and while anybody looks at it. */
export function usePolling(active: boolean, everyMs: number): void {
  const { revalidate } = useRevalidator()
  useEffect(() => {
    if (!active) return
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') revalidate()
    }, everyMs)
    return () => clearInterval(timer)
  }, [active, everyMs, revalidate])
}

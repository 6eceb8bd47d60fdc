import { useFetcher } from '@remix-run/react'
import { type RefObject, useEffect, useRef } from 'react'

/** Long enough for a typed word to end. */
const PAUSE_MS = 250

type Live<L> = { form: RefObject<HTMLFormElement>; live: ReturnType<typeof useFetcher<L>>; look: () => void }

/**
 * Asks the page's own loader what a form would come to, a moment after each change; long texts stay out of the address. The
 * form needs the hidden field `plan`, by which the loader knows that it is asked so.
 */
export function useLivePreview<L>(): Live<L> {
  const live = useFetcher<L>()
  const form = useRef<HTMLFormElement>(null)
  const pause = useRef<ReturnType<typeof setTimeout>>()
  useEffect(() => () => clearTimeout(pause.current), [])
  const look = () => {
    clearTimeout(pause.current)
    pause.current = setTimeout(() => {
      if (!form.current) return
      const asked = new URLSearchParams()
      for (const [name, value] of new FormData(form.current))
        if (typeof value === 'string' && name !== 'instructions') asked.append(name, value)
      live.load(`?${asked}`)
    }, PAUSE_MS)
  }
  return { form, live, look }
}

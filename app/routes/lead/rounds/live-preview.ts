import { type ShouldRevalidateFunctionArgs, useFetcher } from '@remix-run/react'
import { type RefObject, useEffect, useRef } from 'react'

/** Long enough for a typed word to end. */
const PAUSE_MS = 250

type Live<A> = { form: RefObject<HTMLFormElement>; live: ReturnType<typeof useFetcher<A>>; look: () => void }

/**
 * Asks the page's own action what a form would come to, a moment after each change, as its button Preview does. It is posted:
 * a form with hundreds of raters ticked is too long for an address.
 */
export function useLivePreview<A>(): Live<A> {
  const live = useFetcher<A>()
  const form = useRef<HTMLFormElement>(null)
  const pause = useRef<ReturnType<typeof setTimeout>>()
  useEffect(() => () => clearTimeout(pause.current), [])
  const look = () => {
    clearTimeout(pause.current)
    pause.current = setTimeout(() => {
      if (!form.current) return
      const asked = new FormData(form.current)
      asked.set('intent', 'preview')
      live.submit(asked, { method: 'post' })
    }, PAUSE_MS)
  }
  return { form, live, look }
}

/** A look at what a form would come to changes nothing that the page was made from. */
export const unlessPreviewed = ({ formData, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs): boolean =>
  formData?.get('intent') === 'preview' ? false : defaultShouldRevalidate

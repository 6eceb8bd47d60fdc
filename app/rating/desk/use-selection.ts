import { useEffect, useRef, useState } from 'react'
import type { Span } from '../passages.ts'
import { type Source, selectedPassage } from '../text-on-page.ts'

export type Picked = Span & { source: Source; quote: string }

/** Long enough for a finger to move the handles of its selection. */
const SETTLE_MS = 250

/**
 * The passage that is selected in one of the texts. It is remembered when a press elsewhere takes the selection away: a
 * finger cannot press a button otherwise.
 */
export function useSelection(): { picked: () => Picked | null; live: Picked | null; forget: () => void } {
  const remembered = useRef<Picked | null>(null)
  const [live, setLive] = useState<Picked | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let down = false
    const settle = () => {
      clearTimeout(timer)
      timer = setTimeout(() => !down && setLive(selectedPassage()), SETTLE_MS)
    }
    const see = () => {
      const now = selectedPassage()
      if (now) remembered.current = now
      settle()
    }
    const press = ({ target }: PointerEvent) => {
      down = true
      if (target instanceof Element && target.closest('[data-source]')) remembered.current = null
    }
    const release = () => {
      down = false
      settle()
    }
    document.addEventListener('selectionchange', see)
    document.addEventListener('pointerdown', press)
    document.addEventListener('pointerup', release)
    document.addEventListener('pointercancel', release)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('selectionchange', see)
      document.removeEventListener('pointerdown', press)
      document.removeEventListener('pointerup', release)
      document.removeEventListener('pointercancel', release)
    }
  }, [])
  return {
    picked: () => selectedPassage() ?? remembered.current,
    live,
    forget: () => {
      remembered.current = null
      setLive(null)
      document.getSelection()?.removeAllRanges()
    },
  }
}

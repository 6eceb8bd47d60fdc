import { useEffect, useRef } from 'react'
import { ask } from './client.ts'

const BEAT_MS = 4 * 60_000

/** One who has done nothing for so long has gone: their items shall go back to the queue. */
const GONE_AFTER_MS = 20 * 60_000

const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const

/**
 * Tells the server every few minutes that someone is at work on the items in hand, while the page is looked at. Calls
 * `returned` when the one on screen has gone back to the queue.
 */
export function useLease(base: string, assignment: string, returned: (assignment: string) => void): void {
  const latest = useRef({ assignment, returned })
  useEffect(() => {
    latest.current = { assignment, returned }
  })
  useEffect(() => {
    let aliveAt = performance.now()
    let beatAt = aliveAt
    const live = () => {
      aliveAt = performance.now()
    }
    const beat = async () => {
      const now = performance.now()
      const held = latest.current.assignment
      if (document.visibilityState !== 'visible' || held === '') return
      if (now - beatAt < BEAT_MS || now - aliveAt > GONE_AFTER_MS) return
      beatAt = now
      const outcome = await ask(base, 'lease', {})
      if (outcome.ok && !(held in outcome.value.leases)) latest.current.returned(held)
    }
    const see = () => {
      live()
      void beat()
    }
    const timer = setInterval(() => void beat(), BEAT_MS / 8)
    for (const sign of SIGNS_OF_LIFE) document.addEventListener(sign, live, { passive: true, capture: true })
    document.addEventListener('visibilitychange', see)
    return () => {
      clearInterval(timer)
      for (const sign of SIGNS_OF_LIFE) document.removeEventListener(sign, live, { capture: true })
      document.removeEventListener('visibilitychange', see)
    }
  }, [base])
}

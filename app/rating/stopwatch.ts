import { counted, type Meter, shown, startMeter, touched } from './active-time.ts'

const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'scroll', 'touchmove'] as const

// Moving a mouse or scrolling makes hundreds of events a second; one a second is enough of a sign.
const NOTE_EVERY_MS = 1000

const isVisible = () => document.visibilityState === 'visible'

/** Measures the time spent on the item on screen, by the signs of life on this page. */
export class Stopwatch {
  #meter: Meter = startMeter(0, 0, false)

  /** Another item is on screen. `before`: the time spent on it earlier, as its draft says. */
  begin = (before: number): void => {
    this.#meter = startMeter(before, performance.now(), isVisible())
  }

  read = (): number => {
    this.#meter = counted(this.#meter, performance.now())
    return Math.round(this.#meter.activeMs)
  }

  /** Listens to the page; returns what stops it. */
  listen(): () => void {
    const live = () => {
      const now = performance.now()
      if (now - this.#meter.activeAt >= NOTE_EVERY_MS) this.#meter = touched(this.#meter, now)
    }
    const see = () => {
      this.#meter = shown(this.#meter, performance.now(), isVisible())
    }
    for (const sign of SIGNS_OF_LIFE) document.addEventListener(sign, live, { passive: true, capture: true })
    document.addEventListener('visibilitychange', see)
    return () => {
      for (const sign of SIGNS_OF_LIFE) document.removeEventListener(sign, live, { capture: true })
      document.removeEventListener('visibilitychange', see)
    }
  }
}

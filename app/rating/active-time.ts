/**
 * Time spent on an item: counted while the page is visible and the reader did something within the last minute. All
 * times are milliseconds of a clock that never jumps (`performance.now()`).
 */
export type Meter = {
  activeMs: number
  /** When the reader last did something. */
  activeAt: number
  countedTo: number
  visible: boolean
}

export const IDLE_AFTER_MS = 60_000

export const startMeter = (activeMs: number, now: number, visible: boolean): Meter => ({
  activeMs,
  activeAt: now,
  countedTo: now,
  visible,
})

/** The meter with everything up to now counted. */
export function counted(meter: Meter, now: number): Meter {
  const until = Math.min(now, meter.activeAt + IDLE_AFTER_MS)
  const more = meter.visible ? Math.max(0, until - meter.countedTo) : 0
  return { ...meter, activeMs: meter.activeMs + more, countedTo: Math.max(now, meter.countedTo) }
}

/** The reader did something. */
export const touched = (meter: Meter, now: number): Meter => ({ ...counted(meter, now), activeAt: now })

/** The page came into view or left it. Coming back is itself a sign of life. */
export const shown = (meter: Meter, now: number, visible: boolean): Meter => ({
  ...counted(meter, now),
  visible,
  activeAt: visible ? now : meter.activeAt,
})

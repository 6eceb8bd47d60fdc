import type { PoolSettings } from '#app/evaluation/pools/settings.ts'
import { percentOf, shareIn, wholeNumberIn } from '#app/http/numbers.ts'

/** The settings as their form holds them; shares in per cent. */
export type EnteredPoolSettings = Record<keyof PoolSettings, string>

export const enteredOf = (settings: PoolSettings): EnteredPoolSettings => ({
  floorShare: percentOf(settings.floorShare),
  holdoutShare: percentOf(settings.holdoutShare),
  rotationDays: String(settings.rotationDays),
  graduatingShare: percentOf(settings.graduatingShare),
  activeRotations: String(settings.activeRotations),
})

export function enteredIn(form: FormData): EnteredPoolSettings {
  const text = (name: keyof PoolSettings) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  return {
    floorShare: text('floorShare'),
    holdoutShare: text('holdoutShare'),
    rotationDays: text('rotationDays'),
    graduatingShare: text('graduatingShare'),
    activeRotations: text('activeRotations'),
  }
}

export const settingsIn = (entered: EnteredPoolSettings): PoolSettings => ({
  floorShare: shareIn(entered.floorShare),
  holdoutShare: shareIn(entered.holdoutShare),
  rotationDays: wholeNumberIn(entered.rotationDays),
  graduatingShare: shareIn(entered.graduatingShare),
  activeRotations: wholeNumberIn(entered.activeRotations),
})

/** What the sampling page was asked for. */
import { randomInt } from '#app/ambient.ts'
import type { PoolSettings } from '#app/evaluation/pools/settings.ts'
import type { SamplingAsked } from '#app/evaluation/sampling/planned.ts'
import { percentOf, shareIn, wholeNumberIn } from '#app/http/numbers.ts'

const USUAL_SIZE = 100
const SEEDS = 1_000_000

/** As the form holds it; shares in per cent. */
export type EnteredSampling = { size: string; floor: string; holdout: string; seed: string }

/** The fields of the form in an address or a form; what is not there comes from the project's settings. */
export function enteredSampling(from: URLSearchParams | FormData, settings: PoolSettings): EnteredSampling {
  const text = (name: string, otherwise: string) => {
    const value = from.get(name)
    return typeof value === 'string' ? value : otherwise
  }
  return {
    size: text('size', String(USUAL_SIZE)),
    floor: text('floor', percentOf(settings.floorShare)),
    holdout: text('holdout', percentOf(settings.holdoutShare)),
    seed: text('seed', String(randomInt(SEEDS))),
  }
}

export const askedOf = ({ size, floor, holdout, seed }: EnteredSampling): SamplingAsked => ({
  size: wholeNumberIn(size),
  floorShare: shareIn(floor),
  holdoutShare: shareIn(holdout),
  seed: wholeNumberIn(seed),
})

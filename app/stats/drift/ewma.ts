/** An exponentially weighted moving average with its limits at each observation, and the alarms (numbered from 1). */
export interface Ewma {
  readonly average: Float64Array
  readonly upperLimit: Float64Array
  readonly lowerLimit: Float64Array
  readonly alarms: readonly number[]
}

export interface EwmaSettings {
  /** The mean when nothing has changed, and the standard deviation of one observation. */
  readonly target: number
  readonly sigma: number
  /** Weight of the newest observation, 0 < lambda <= 1. */
  readonly lambda: number
  /** Limits at this many standard deviations of the average. */
  readonly width: number
  /** `widening` (default): the standard deviation at each time; `asymptotic`: its final value from the start. */
  readonly limits?: 'widening' | 'asymptotic'
}

/**
 * EWMA chart (Roberts 1959; Lucas & Saccucci 1990): Z = lambda x + (1 - lambda) Z from the target, limits target +- L sigma
 * sqrt(lambda / (2 - lambda) (1 - (1 - lambda)^2t)), without the last factor where asymptotic.
 */
export function ewma(observations: ArrayLike<number>, settings: EwmaSettings): Ewma {
  const { target, sigma, lambda, width, limits = 'widening' } = settings
  const n = observations.length
  const average = new Float64Array(n)
  const upperLimit = new Float64Array(n)
  const lowerLimit = new Float64Array(n)
  const alarms: number[] = []
  const asymptotic = width * sigma * ewmaSpread(lambda)
  let z = target
  for (let i = 0; i < n; i++) {
    z = lambda * (observations[i] as number) + (1 - lambda) * z
    const reach = limits === 'asymptotic' ? asymptotic : width * sigma * ewmaSpread(lambda, i + 1)
    average[i] = z
    upperLimit[i] = target + reach
    lowerLimit[i] = target - reach
    if (Math.abs(z - target) > reach) alarms.push(i + 1)
  }
  return { average, upperLimit, lowerLimit, alarms }
}

/** Standard deviation of the average after `time` observations (default: in the long run) of standard deviation 1. */
export function ewmaSpread(lambda: number, time = Number.POSITIVE_INFINITY): number {
  return Math.sqrt((lambda / (2 - lambda)) * (1 - (1 - lambda) ** (2 * time)))
}

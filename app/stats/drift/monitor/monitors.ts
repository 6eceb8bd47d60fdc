/** A control chart fed one period at a time. */
export interface Monitor {
  /** Takes the mean of the next period and the variance of its own error; returns the statistic, large when something changed. */
  next(mean: number, errorVariance: number): number
  /** To be called after an alarm: the chart begins to look for the next change. */
  restart(): void
}

/** A chart that learns its centre: what it held the latest mean against. */
export interface LearningMonitor extends Monitor {
  /** The centre learned before the latest period, and the variance of its error. */
  centre(): { readonly mean: number; readonly variance: number }
}

/** An EWMA that tells where it stands, in score points. */
export interface RunningMean extends Monitor {
  /** The running mean and its standard deviation, without the baseline's error. */
  reading(): { readonly mean: number; readonly sd: number }
}

/** A CUSUM that tells both its sides, in score points; `down` is 0 or more. */
export interface TwoSums extends Monitor {
  reading(): { readonly up: number; readonly down: number }
}

/** Makes a fresh chart for means whose centre is known with an error of this variance. */
export type MonitorOf = (baselineVariance: number) => Monitor

/**
 * Windowed likelihood ratio on a learned centre: for each window of the last w <= `widest` periods, the standardised distance of
 * its mean from the centre, which is learned from the baseline (0 with its variance) and every period before the window. Returns
 * the largest. After an alarm the alarming window is forgotten, the periods before it stay in the centre. Assay's own; compared
 * with other charts in docs/methods/drift.md.
 */
export function windowedRatio(widest: number): (baselineVariance: number) => LearningMonitor {
  return (baselineVariance) => {
    let centrePrecision = 1 / baselineVariance // Infinity for a known centre, which then stays at 0
    let centreSum = 0
    // the last periods, oldest first, in arrays of a fixed size: limits are simulated over millions of periods
    const recentMean = new Float64Array(widest)
    const recentPrecision = new Float64Array(widest)
    let recent = 0
    let alarming = 0
    let centreBefore = centrePrecision
    let centreBeforeSum = centreSum
    const learn = (index: number) => {
      centrePrecision += recentPrecision[index] as number
      centreSum += (recentPrecision[index] as number) * (recentMean[index] as number)
    }
    return {
      next(mean, errorVariance) {
        if (recent === widest) {
          learn(0)
          recentMean.copyWithin(0, 1)
          recentPrecision.copyWithin(0, 1)
          recent--
        }
        recentMean[recent] = mean
        recentPrecision[recent] = 1 / errorVariance
        recent++
        let before = centrePrecision
        let beforeSum = centreSum
        let window = 0
        let windowSum = 0
        for (let i = 0; i < recent; i++) {
          window += recentPrecision[i] as number
          windowSum += (recentPrecision[i] as number) * (recentMean[i] as number)
        }
        let largest = -1
        for (let i = 0; i < recent; i++) {
          centreBefore = before
          centreBeforeSum = beforeSum
          const z = Math.abs(windowSum / window - beforeSum / before) / Math.sqrt(1 / window + 1 / before)
          if (z >= largest) {
            largest = z
            alarming = recent - i
          }
          const precision = recentPrecision[i] as number
          const weighted = precision * (recentMean[i] as number)
          before += precision
          beforeSum += weighted
          window -= precision
          windowSum -= weighted
        }
        return largest
      },
      centre: () => ({ mean: centreBeforeSum / centreBefore, variance: 1 / centreBefore }),
      restart() {
        for (let i = 0; i < recent - alarming; i++) learn(i)
        recent = 0
      },
    }
  }
}

/** EWMA of the means about 0, as a multiple of its standard deviation without baseline error; begins at 0 again after an alarm. */
export function ewmaMonitor(lambda: number): () => RunningMean {
  return () => {
    let average = 0
    let variance = 0
    return {
      next(mean, errorVariance) {
        average = lambda * mean + (1 - lambda) * average
        variance = lambda ** 2 * errorVariance + (1 - lambda) ** 2 * variance
        return Math.abs(average) / Math.sqrt(variance)
      },
      reading: () => ({ mean: average, sd: Math.sqrt(variance) }),
      restart() {
        average = 0
        variance = 0
      },
    }
  }
}

/** Two-sided tabular CUSUM of the means about 0, slack and statistic in score points; begins at 0 again after an alarm. */
export function cusumMonitor(slack: number): () => TwoSums {
  return () => {
    let up = 0
    let down = 0
    return {
      next(mean) {
        up = Math.max(0, up + mean - slack)
        down = Math.max(0, down - mean - slack)
        return Math.max(up, down)
      },
      reading: () => ({ up, down }),
      restart() {
        up = 0
        down = 0
      },
    }
  }
}

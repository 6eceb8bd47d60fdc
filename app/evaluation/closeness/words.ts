import { hundredths, percent, plural } from '#app/evaluation/figure.ts'
import type { ClosenessFigures } from './figures.ts'
import type { Measure } from './pairs.ts'

export const MEASURE_NAMES: Record<Measure, string> = {
  chrf: 'chrF (letters in common)',
  'token-f1': 'token F1 (words in common)',
  embedding: 'embedding (meaning, by a model)',
}

/** From here on a kappa is called fair, and from there useful. */
const FAIR_FROM = 0.4
const USEFUL_FROM = 0.6

/** What closeness is worth on this project, in a sentence or two. */
export function worthInWords({ agreement, calibration }: Pick<ClosenessFigures, 'agreement' | 'calibration'>): string {
  if (!agreement || !calibration) {
    return 'The thresholds are a convention: nothing is known yet of how well the outcomes agree with experts.'
  }
  const { exact, commonest, kappa } = agreement
  const rests = `on ${plural(calibration.responses, 'response')} with ${plural(calibration.ratings, 'answer')} of experts, cross-validated`
  const same = `${percent(exact)} of the outcomes are what experts say (always saying the commonest would be right for ${percent(commonest)})`
  if (!kappa.estimable) return `${same}, ${rests}. There is no kappa: ${kappa.reason}.`
  const { interval } = kappa
  const from = interval.estimable ? ` (95 % from ${hundredths(interval.low)} to ${hundredths(interval.high)})` : ''
  return `Quadratic kappa ${hundredths(kappa.estimate)}${from}; ${same}, ${rests}. ${judged(kappa)}`
}

function judged(kappa: { estimate: number; interval: { estimable: boolean; low?: number } }): string {
  if (kappa.interval.estimable && (kappa.interval.low ?? 0) <= 0) {
    return 'That is not known to be better than chance: closeness of this kind says nothing reliable here. Do not judge by it.'
  }
  if (kappa.estimate < FAIR_FROM) {
    return 'Closeness of this kind is a poor guide here: use it to choose what to look at, not to judge a system version.'
  }
  if (kappa.estimate < USEFUL_FROM)
    return 'That is fair: a trend over many responses means something, a single outcome does not.'
  return 'That is useful, as long as references and responses stay of the kind that experts judged.'
}

/** What the tests for careless raters and copying pairs say, in sentences. Grounds to look, never a verdict. */

import type { Sign } from '#app/stats/calibration/suspicion/careless.ts'
import { FEWEST_SHARED } from '#app/stats/calibration/suspicion/copying.ts'
import { hundredths, inWords, percent, plural, whole } from '../figure.ts'
import type { CarelessFigures, PairFigures, SuspicionFigures } from './suspicion.ts'

const SIGNS: Record<Sign['index'], (value: number) => string> = {
  outfit: (value) => `single scores far from what the others lead one to expect (outfit ${hundredths(value)})`,
  infit: (value) => `scores that are erratic throughout (infit ${hundredths(value)})`,
  agreement: (value) => `scores that do not follow the others’ (correlation ${hundredths(value)})`,
  spread: (value) => `levels that hardly vary (standard deviation ${hundredths(value)})`,
  straight: (value) => `the same level on every dimension in ${percent(value)} of the items`,
  lowest: (value) => `nothing but the lowest level, in ${plural(value, 'score')}`,
  highest: (value) => `nothing but the highest level, in ${plural(value, 'score')}`,
}

/** The signs of one rater, the reasons why they are named. */
export const signsInWords = ({ signs }: Pick<CarelessFigures, 'signs'>): string[] =>
  signs.map(({ index, value }) => SIGNS[index](value))

/** What a pair has in common. */
export const pairInWords = ({ items, identical, expected }: PairFigures): string =>
  `${whole(identical)} of ${plural(items, 'shared item')} scored identically on every dimension; about ${expected.toFixed(1)} would be usual`

/** What was found in all, and what could not be looked at. */
export function suspicionInWords({ raters, unjudged, pairs, tested, untested, apart }: SuspicionFigures): string[] {
  const careless = raters.filter(({ isCareless }) => isCareless).length
  const suspects = pairs.filter(({ isSuspect }) => isSuspect).length
  return [
    raters.length === 0
      ? ''
      : careless === 0
        ? `None of the ${inWords(raters.length)} raters who could be looked at rates carelessly as far as these scores show.`
        : `${plural(careless, 'rater')} of ${whole(raters.length)} ${careless === 1 ? 'gives' : 'give'} grounds to look.`,
    unjudged ? `${plural(unjudged.raters, 'rater')} cannot be judged: ${unjudged.why}.` : '',
    tested === 0
      ? ''
      : suspects === 0
        ? `None of the ${plural(tested, 'pair')} that could be tested scores more alike than honest raters would.`
        : `${plural(suspects, 'pair')} of ${whole(tested)} ${suspects === 1 ? 'scores' : 'score'} more alike than honest raters would.`,
    untested === 0
      ? ''
      : `${plural(untested, 'pair')} cannot be tested: they share fewer than ${FEWEST_SHARED} items${apart === 0 ? '' : ', or one of the two gave scores that cannot be compared'}.`,
  ].filter((sentence) => sentence !== '')
}

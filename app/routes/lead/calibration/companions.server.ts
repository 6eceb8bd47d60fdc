import type { CalibrationFigures, RaterFigures } from '#app/evaluation/calibration/figures.ts'
import type { RepeatFigures } from '#app/evaluation/calibration/repeats.ts'
import { hundredths, percent, whole } from '#app/evaluation/figure.ts'
import type { Pool } from '#app/stats/calibration/companions/companions.ts'
import type { Estimated } from '#app/stats/estimate.ts'

/** A cell: its figure, and a word where it lies outside of what is usual. */
export type CompanionCell = { text: string; why: string | null; flag: string | null }

export type CompanionRow = { id: string; name: string; cells: CompanionCell[] }

export const COMPANION_COLUMNS = [
  { name: 'Mean difference', what: 'to the others on the same items, in points; below 0 is severe' },
  { name: 'Like the consensus', what: 'scores at most half a level from the median of the others' },
  { name: 'Range', what: 'standard deviation beside that of the others: below 0.8 is a narrow range' },
  { name: 'Middle levels', what: 'scores at neither end of the scale, and the others’ on the same items' },
  { name: 'Slope', what: 'on the others’ mean: well below the usual keeps to the middle' },
  { name: 'Halo', what: 'correlation between dimensions of differences to the others: high is one impression for all' },
  { name: 'Straight lines', what: 'items with one level on every dimension' },
  { name: 'Pace', what: 'time per item, and beside the others on the same items' },
  {
    name: 'Same again',
    what: 'scores that were the same when an answer came back in a later round, and how many came back',
  },
  { name: 'Cannot judge', what: 'of all answers asked for' },
] as const

/** Standard deviation beside the others' below which a range is narrow. */
const NARROW_RANGE = 0.8
/** So far from the raters' median an index is worth a word. */
const FAR = { slope: 0.7, halo: 0.25, straight: 0.2, pace: 0.5 }
/** With fewer items than this nothing is flagged. */
const FEWEST_ITEMS = 10

const cell = (text: string, flag: string | null = null): CompanionCell => ({ text, why: null, flag })
const spelled = <T extends { readonly estimable: true }>(
  value: Estimated<T>,
  spell: (known: T) => CompanionCell,
): CompanionCell => (value.estimable ? spell(value as T) : { text: '–', why: value.reason, flag: null })

/** What can be said of each rater without a model, and where it is out of the ordinary. */
export function companionRows(
  raters: readonly RaterFigures[],
  { pool, repeats }: CalibrationFigures,
  nameOf: (id: string) => string,
): CompanionRow[] {
  const repeatsOf = new Map(repeats.map((one) => [one.rater, one]))
  return raters.map((rater) => {
    const enough = rater.company.items >= FEWEST_ITEMS
    return {
      id: rater.id,
      name: nameOf(rater.id),
      cells: cellsOf(rater, pool, repeatsOf.get(rater.id)).map((one) => (enough ? one : { ...one, flag: null })),
    }
  })
}

function cellsOf(
  { companion: c, consensus, pace, cannotJudge }: RaterFigures,
  pool: Pool,
  repeats: RepeatFigures | undefined,
): CompanionCell[] {
  return [
    spelled(c.difference, ({ estimate }) => cell(hundredths(estimate))),
    spelled(consensus.same, ({ estimate }) => cell(percent(estimate))),
    spelled(c.sdRatio, ({ value }) => cell(hundredths(value), value < NARROW_RANGE ? 'narrow' : null)),
    middleOf(c),
    spelled(c.slope, ({ value }) =>
      cell(hundredths(value), pool.slope !== null && value < FAR.slope * pool.slope ? 'central' : null),
    ),
    spelled(c.halo, ({ correlation }) =>
      cell(hundredths(correlation), pool.halo !== null && correlation > pool.halo + FAR.halo ? 'halo' : null),
    ),
    spelled(c.straightLined, ({ share }) =>
      cell(percent(share), pool.straightLined !== null && share > pool.straightLined + FAR.straight ? 'many' : null),
    ),
    paceOf(pace),
    againOf(repeats),
    spelled(cannotJudge, ({ rate }) => cell(percent(rate))),
  ]
}

function middleOf({ middleShare, middleShareOfOthers }: RaterFigures['companion']): CompanionCell {
  if (middleShare === null) return { text: '–', why: 'gave no score', flag: null }
  const others = middleShareOfOthers === null ? '' : ` (others ${percent(middleShareOfOthers)})`
  return cell(`${percent(middleShare)}${others}`)
}

function againOf(repeats: RepeatFigures | undefined): CompanionCell {
  if (!repeats?.exact.estimable) return { text: '–', why: 'no answer came back', flag: null }
  return cell(`${percent(repeats.exact.estimate)} of ${whole(repeats.answers)}`)
}

function paceOf(pace: RaterFigures['pace']): CompanionCell {
  if (!pace) return { text: '–', why: 'no time was measured', flag: null }
  const seconds = `${whole(Math.round(pace.median))} s`
  if (!pace.ratio.estimable) return cell(seconds)
  const { value } = pace.ratio
  return cell(`${seconds} (${hundredths(value)}×)`, value < FAR.pace ? 'fast' : null)
}

/** What most of the disagreement on a dimension comes from, in a sentence. */
import { capital, inWords, listed, percent, within } from '../figure.ts'
import type { Breakdown, RaterShare } from './breakdown.ts'

/** A cause carries at least so much of the disagreement, and so many times what would fall to it by chance. */
const LEAST_SHARE = 0.4
const LEAST_TIMES = 1.5
const MOST_RATERS = 3
/** With fewer raters than this, each of them is a cause by arithmetic. */
const FEWEST_RATERS = 5
const FEWEST_SEGMENTS = 4
const LEAST_LEVELS = 0.5
const FEWEST_ITEMS = 30

type Cause = { times: number; sentence: string }

/**
 * The largest cause: a few raters, a segment or a few items that carry much more than their part; else the pair of levels that
 * carries half or more; else that the disagreement is spread, and how far. Null where there is too little to say either.
 *
 * @param nameOf a rater as the reader may see them; null: unnamed
 */
export function largestCause(
  breakdown: Breakdown,
  dimension: string,
  nameOf: (rater: string) => string | null,
): string | null {
  const on = `of the disagreement on ${within(dimension)}`
  const causes = [ofRaters(breakdown, on, nameOf), ofSegment(breakdown, on), ofItems(breakdown, on)].filter(
    (cause): cause is Cause => cause !== null,
  )
  const [largest] = causes.sort((a, b) => b.times - a.times)
  return largest?.sentence ?? ofLevels(breakdown, on) ?? spreadOver(breakdown, dimension)
}

function ofRaters({ raters }: Breakdown, on: string, nameOf: (rater: string) => string | null): Cause | null {
  if (raters.length < FEWEST_RATERS) return null
  // those with the most over their part first: who rates much has a large share anyway
  const order = [...raters].sort((a, b) => excess(b) - excess(a))
  for (let count = 1; count <= Math.min(MOST_RATERS, Math.floor(raters.length / 3)); count++) {
    const some = order.slice(0, count)
    const share = some.reduce((sum, one) => sum + one.share, 0)
    const part = some.reduce((sum, one) => sum + one.ratingsShare, 0)
    if (share < LEAST_SHARE || share < LEAST_TIMES * part) continue
    const names = some.flatMap(({ rater }) => nameOf(rater) ?? [])
    const who = `${inWords(count)} rater${count === 1 ? '' : 's'}`
    const named = names.length === count ? `${who}, ${listed(names)}` : who
    return {
      times: share / part,
      sentence: `${percent(share)} ${on} comes from ${named}, who gave ${percent(part)} of the scores.`,
    }
  }
  return null
}

const excess = ({ share, ratingsShare }: RaterShare): number => share - ratingsShare

function ofSegment({ segments, items }: Breakdown, on: string): Cause | null {
  const [first] = segments
  if (!first || segments.length < FEWEST_SEGMENTS) return null
  const part = first.items / items
  if (first.share < LEAST_SHARE || first.share < LEAST_TIMES * part) return null
  return {
    times: first.share / part,
    sentence: `${percent(first.share)} ${on} comes from the segment ${first.category}, ${first.userSegment}, which has ${percent(part)} of the items.`,
  }
}

function ofItems({ worst, items }: Breakdown, on: string): Cause | null {
  const share = worst.reduce((sum, one) => sum + one.share, 0)
  const part = worst.length / items
  if (items < FEWEST_ITEMS || share < LEAST_SHARE || share < LEAST_TIMES * part) return null
  return {
    times: share / part / 2, // a few items always stand out: they must do so twice as much
    sentence: `${percent(share)} ${on} comes from ${inWords(worst.length)} of the ${items} items.`,
  }
}

function ofLevels({ levelPairs }: Breakdown, on: string): string | null {
  const [first] = levelPairs
  if (!first || levelPairs.length < 2 || first.share < LEAST_LEVELS) return null
  return capital(
    `${percent(first.share)} ${on} is between the levels ${first.low} and ${first.high}; it is spread over raters and segments.`,
  )
}

/** Nothing stands out: the most that a rater, a segment or a pair of levels carries. */
function spreadOver({ raters, segments, levelPairs }: Breakdown, dimension: string): string | null {
  const most = (shares: readonly { share: number }[]) => percent(Math.max(...shares.map(({ share }) => share)))
  const parts = [
    ...(raters.length >= FEWEST_RATERS ? [`no rater carries more than ${most(raters)} of it`] : []),
    ...(segments.length >= FEWEST_SEGMENTS ? [`no segment more than ${most(segments)}`] : []),
    ...(levelPairs.length > 1 ? [`no pair of levels more than ${most(levelPairs)}`] : []),
  ]
  return raters.length < FEWEST_RATERS
    ? null
    : `The disagreement on ${within(dimension)} has no single cause: ${listed(parts)}.`
}

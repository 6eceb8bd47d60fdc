import type { Sign } from '#app/stats/calibration/suspicion/careless.ts'
import { ENOUGH_SHARED, sharedItemsFor } from '#app/stats/calibration/suspicion/share-more.ts'
import { type Suspicion, suspicionOf } from '#app/stats/calibration/suspicion/suspicion.ts'
import type { Estimated } from '#app/stats/estimate.ts'
import type { Database } from '#db/store.server.ts'
import type { Settled } from '../agreement/filter.ts'
import { passing } from '../agreement/passing.ts'
import { firstMeetings } from './first-meetings.ts'
import { type ReadScores, scoresOf } from './read-scores.ts'
import { responsesAgain } from './repeats.ts'

export type CarelessFigures = {
  rater: string
  /** Chance that any honest rater of the pool would look as bad. */
  p: number
  isCareless: boolean
  /** The signs beyond their limits. */
  signs: Pick<Sign, 'index' | 'value'>[]
}

export type PairFigures = {
  first: string
  second: string
  items: number
  identical: number
  expected: number
  p: number
  isSuspect: boolean
}

/** Items to give out, so that a pair can be tested, or tested better. */
export type Proposal = {
  first: string
  second: string
  /** Items both rated. */
  shared: number
  give: { rater: string; item: string }[]
}

export type SuspicionFigures = {
  estimable: true
  draws: number
  raters: CarelessFigures[]
  /** How many raters cannot be judged, and why the first cannot. */
  unjudged: { raters: number; why: string } | null
  /** The most surprising pairs that can be tested, and how many can. */
  pairs: PairFigures[]
  tested: number
  /** Pairs that cannot be tested: they share fewer items than a test needs, or one of them takes no part in the fit. */
  untested: number
  /** Raters who have no finite severity, or nobody to compare with, and so take no part. */
  apart: number
  proposals: Proposal[]
}

const MOST_PAIRS = 10
const MOST_PROPOSALS = 3

/**
 * Careless raters and copying pairs among the ratings that pass the filter: grounds to look, not verdicts. Takes seconds to
 * minutes. Asks no permission: for `suspicionIn`, which does.
 */
export async function suspicionFigures(read: Database, filter: Settled): Promise<Estimated<SuspicionFigures>> {
  const repeated = await responsesAgain(read, filter.rubricVersionId)
  const { scores } = scoresOf(firstMeetings(await passing(read, filter), repeated))
  const found = suspicionOf(scores)
  return found.estimable ? figuresFrom(found, scores) : found
}

function figuresFrom(
  { raters, pairs, draws, apart: outside }: Suspicion,
  scores: ReadScores['scores'],
): SuspicionFigures {
  const nameOf = (rater: number) => scores.raters[rater] as string
  const apart = new Set(outside)
  const unjudged = raters.flatMap((one) => (one.estimable ? [] : [one.reason]))
  const tested = pairs.flatMap(({ first, second, test }) => (test.estimable ? [{ ...test, first, second }] : []))
  tested.sort((a, b) => b.surprise - a.surprise)
  return {
    estimable: true,
    draws,
    raters: raters
      .flatMap((one) => (one.estimable ? [one] : []))
      .map(({ rater, p, isCareless, signs }) => ({
        rater: nameOf(rater),
        p,
        isCareless,
        signs: signs.filter(({ z, limit }) => z > limit).map(({ index, value }) => ({ index, value })),
      }))
      .sort((a, b) => a.p - b.p),
    unjudged: unjudged.length === 0 ? null : { raters: unjudged.length, why: unjudged[0] as string },
    pairs: tested
      .slice(0, MOST_PAIRS)
      .concat(tested.slice(MOST_PAIRS).filter(({ isSuspect }) => isSuspect))
      .map(({ first, second, items, identical, expected, p, isSuspect }) => ({
        first: nameOf(first),
        second: nameOf(second),
        items,
        identical,
        expected,
        p,
        isSuspect,
      })),
    tested: tested.length,
    untested: (raters.length * (raters.length - 1)) / 2 - tested.length,
    apart: apart.size,
    proposals: proposalsFor(pairs, apart, scores),
  }
}

/** For pairs whose test is too weak: suspects first, then those that lack the fewest items for a test, at last those without any. */
function proposalsFor(pairs: Suspicion['pairs'], apart: ReadonlySet<number>, scores: ReadScores['scores']): Proposal[] {
  const weak = pairs.filter((pair) => (pair.test.estimable ? pair.test.isSuspect && pair.items < ENOUGH_SHARED : true))
  weak.sort((a, b) => Number(b.test.estimable) - Number(a.test.estimable) || b.items - a.items)
  const strangers = weak.length < MOST_PROPOSALS ? strangersAmong(pairs, apart, scores.raterCount) : []
  return [...weak, ...strangers].slice(0, MOST_PROPOSALS).map((pair) => ({
    first: scores.raters[pair.first] as string,
    second: scores.raters[pair.second] as string,
    shared: pair.items,
    give: sharedItemsFor(scores, pair.first, pair.second).map(({ rater, item }) => ({
      rater: scores.raters[rater] as string,
      item: scores.items[item] as string,
    })),
  }))
}

/** Pairs of raters who take part and share no item: as many as are proposed at most. */
function strangersAmong(pairs: Suspicion['pairs'], apart: ReadonlySet<number>, raterCount: number) {
  const met = new Set(pairs.map(({ first, second }) => first * raterCount + second))
  const found: { first: number; second: number; items: number }[] = []
  for (let first = 0; first < raterCount; first++)
    for (let second = first + 1; second < raterCount && found.length < MOST_PROPOSALS; second++)
      if (!apart.has(first) && !apart.has(second) && !met.has(first * raterCount + second))
        found.push({ first, second, items: 0 })
  return found
}

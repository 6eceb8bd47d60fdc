/** False alarms and power of the tests for careless raters and copying pairs. */
import { drawExample, type ExampleOptions } from '#app/stats/calibration/example.ts'
import type { Scores } from '#app/stats/calibration/scores.ts'
import { type Suspicion, suspicionOf } from '#app/stats/calibration/suspicion/suspicion.ts'
import { type Random, seededRandom } from '#app/stats/random.ts'
import type { Benchmark, Row, Section } from './section.ts'
import { lettersPool } from './suspicion-letters.ts'

/** 50 raters with 60 items each, and pods of 10 raters in which pairs share about 8 items, some 3 and some 14. */
const RANDOM: ExampleOptions = { items: 1000, raters: 50, dimensions: 5, overlap: 3, haloSd: 0.5, profileSd: 0.7 }
const POD: ExampleOptions = { ...RANDOM, items: 120, raters: 10 }
/** Pairs that share 60 items, among raters who lean on single dimensions and tell levels apart more or less sharply. */
const LEANING: ExampleOptions = { ...POD, items: 300, overlap: 4, leaningSd: 0.3, sharpnessSd: 0.3 }
/** The same, far more so than is assumed of anybody: what the test does not bear. */
const STRONG: ExampleOptions = { ...LEANING, items: 400, raters: 8, raterSd: 1, leaningSd: 0.6 }
const NULLS = 200
const POWER = 100
const DRAWS = 100

/** Gives a rater's scores anew: `visit` numbers the rater's items. */
type Giver = (random: Random, entry: number, visit: number, scores: Scores) => number | null

const CARELESS: readonly { what: string; goal?: number; giver: () => Giver }[] = [
  { what: 'levels by lot', goal: 0.95, giver: () => (random) => Math.floor(random.uniform() * 4) },
  {
    what: 'drawn from all scores',
    goal: 0.95,
    giver:
      () =>
      (random, _e, _v, { level }) =>
        level[Math.floor(random.uniform() * level.length)] ?? 0,
  },
  { what: 'one level an item by lot', goal: 0.95, giver: oneLevelAnItem },
  { what: 'always the same level', goal: 0.95, giver: () => () => 2 },
  { what: 'half of the items by lot', goal: 0.9, giver: () => someByLot(0.5) },
  { what: 'a quarter of the items by lot', giver: () => someByLot(0.25) },
]

function oneLevelAnItem(): Giver {
  let [seen, level] = [-1, 0]
  return (random, _entry, visit) => {
    if (visit !== seen) [seen, level] = [visit, Math.floor(random.uniform() * 4)]
    return level
  }
}

function someByLot(share: number): Giver {
  let [seen, byLot] = [-1, false]
  return (random, _entry, visit) => {
    if (visit !== seen) [seen, byLot] = [visit, random.uniform() < share]
    return byLot ? Math.floor(random.uniform() * 4) : null
  }
}

function given(scores: Scores, rater: number, random: Random, giver: Giver): Scores {
  const level = scores.level.slice()
  for (let entry = 0; entry < level.length; entry++)
    if (scores.rater[entry] === rater)
      level[entry] = giver(random, entry, scores.item[entry] as number, scores) ?? (level[entry] as number)
  return { ...scores, level }
}

/** Rater `to` copies `from` on this share of the items they share. */
function copied(scores: Scores, from: number, to: number, share: number, random: Random): Scores {
  const source = new Map<number, number>()
  const copies = new Map<number, boolean>()
  const cell = (entry: number) =>
    (scores.item[entry] as number) * scores.levels.length + (scores.dimension[entry] as number)
  for (let entry = 0; entry < scores.item.length; entry++)
    if (scores.rater[entry] === from) source.set(cell(entry), scores.level[entry] as number)
  return given(scores, to, random, (_random, entry, item) => {
    if (!copies.has(item)) copies.set(item, random.uniform() < share)
    return copies.get(item) ? (source.get(cell(entry)) ?? null) : null
  })
}

/** The pair of raters that share the fewest items of those that share so many or more. */
function pairSharing(scores: Scores, wanted: number): readonly [number, number] {
  let [found, fewest]: [readonly [number, number] | null, number] = [null, Number.POSITIVE_INFINITY]
  const rated = Array.from({ length: scores.raterCount }, () => new Set<number>())
  scores.item.forEach((item, entry) => {
    rated[scores.rater[entry] as number]?.add(item)
  })
  for (const [second, there] of rated.entries())
    for (const [first, here] of rated.slice(0, second).entries()) {
      const shared = [...here].filter((item) => there.has(item)).length
      if (shared < wanted || shared >= fewest) continue
      ;[found, fewest] = [[first, second], shared]
    }
  if (found === null) throw new Error(`no pair shares ${wanted} items`)
  return found
}

function suspicion(scores: Scores, seed: number): Suspicion {
  const found = suspicionOf(scores, { draws: DRAWS, seed })
  if (!found.estimable) throw new Error(found.reason)
  return found
}

const isCareless = ({ raters }: Suspicion, rater: number) => {
  const one = raters[rater]
  return one?.estimable === true && one.isCareless
}

const isSuspect = ({ pairs }: Suspicion, first: number, second: number) =>
  pairs.some((pair) => pair.first === first && pair.second === second && pair.test.estimable && pair.test.isSuspect)

function shareOf(count: number, holds: (i: number) => boolean): number {
  return Array.from({ length: count }, (_, i) => i).filter(holds).length / count
}

const GOAL = 0.1

/** An honest pool but for one careless rater, if any. */
type Pool = { scores: Scores; careless?: number }

const drawnBy = (options: ExampleOptions) => (i: number) => drawExample(seededRandom(66_000 + i), options)

/** What is to hold on a design; null: measured only, since the design is beyond what the limits assume. */
type Goals = { careless: number | null; copying: number | null }

function falseAlarms(
  name: string,
  poolOf: (i: number) => Pool,
  goals: Goals = { careless: GOAL, copying: GOAL },
): Row[] {
  const pools = Array.from({ length: NULLS }, (_, i) => {
    const { scores, careless } = poolOf(i)
    return { careless, found: suspicion(scores, i) }
  })
  type Found = (typeof pools)[number]
  const share = (holds: (pool: Found) => boolean) => shareOf(NULLS, (i) => holds(pools[i] as Found))
  const rowOf = (what: string, value: number, goal: number | null): Row => ({
    what: `${name}: honest pools with ${what}`,
    value: value.toFixed(2),
    ...(goal === null ? {} : { goal: `≤ ${goal.toFixed(2).slice(1)}`, met: value <= goal }),
  })
  const wronged = share(({ found, careless }) =>
    found.raters.some((_, rater) => rater !== careless && isCareless(found, rater)),
  )
  const copying = share(({ found }) => found.pairs.some(({ test }) => test.estimable && test.isSuspect))
  const known = pools.some(({ careless }) => careless !== undefined)
  const power = share(({ found, careless }) => careless !== undefined && isCareless(found, careless))
  return [
    rowOf(known ? 'a careless rater but for the one who is' : 'a careless rater', wronged, goals.careless),
    rowOf('a copying pair', copying, goals.copying),
    ...(known ? [{ what: `${name}: the one who does not read`, value: power.toFixed(2), ...goalOf(power, 0.95) }] : []),
  ]
}

async function run(): Promise<Section> {
  const careless = CARELESS.map(({ what, goal, giver }): Row => {
    const power = shareOf(POWER, (i) => {
      const { scores } = drawExample(seededRandom(62_000 + i), RANDOM)
      return isCareless(suspicion(given(scores, 7, seededRandom(i), giver()), i), 7)
    })
    return { what: `careless: ${what}`, value: power.toFixed(2), ...goalOf(power, goal) }
  })
  const copying = [
    [8, 1],
    [8, 0.7],
    [8, 0.4],
    [5, 1],
  ].map(([shared = 8, share = 1]): Row => {
    const power = shareOf(POWER, (i) => {
      const { scores } = drawExample(seededRandom(91_000 + i), POD)
      const [from, to] = pairSharing(scores, shared)
      return isSuspect(suspicion(copied(scores, from, to, share, seededRandom(i)), i), from, to)
    })
    return {
      what: `copying ${100 * share} % of ${shared} shared items`,
      value: power.toFixed(2),
      ...goalOf(power, shared === 8 && share === 1 ? 0.95 : undefined),
    }
  })
  const found = shareOf(POWER, (i) => {
    const { scores } = lettersPool(7_000 + i)
    const [from, to] = pairSharing(scores, 40)
    return isSuspect(suspicion(copied(scores, from, to, 0.4, seededRandom(i)), i), from, to)
  })
  const inLetters: Row = {
    what: 'the demo’s letters: copying 40 % of 40 or more shared items',
    value: found.toFixed(2),
  }
  return {
    title: 'Careless raters and copying pairs',
    how: `Family-wise 5 %, limits from ${DRAWS} simulated pools each; pools with halo .5 and item profiles .7, 5 dimensions, 3 raters an item. Careless: 50 raters with 60 items each. Copying: 10 raters with 36 items each, a pair that shares so many of them. The demo’s letters: its months under the second version, one rater of eight does not read. Leanings: 10 raters with 120 items each, severity on a dimension .3 about their own, log sharpness .3; strong: 8 with 200, severities 1, leanings .6. ${NULLS} honest pools, ${POWER} with a culprit.`,
    rows: [
      ...falseAlarms('50 raters', drawnBy(RANDOM)),
      ...falseAlarms('10 raters', drawnBy(POD)),
      ...falseAlarms('the demo’s letters', (i) => lettersPool(7_000 + i)),
      // sharpness twice as unequal as the limits of the careless test assume
      ...falseAlarms('leanings', drawnBy(LEANING), { careless: null, copying: GOAL }),
      ...falseAlarms('strong leanings', drawnBy(STRONG), { careless: null, copying: null }),
      ...careless,
      ...copying,
      inLetters,
    ],
  }
}

function goalOf(power: number, goal: number | undefined): Pick<Row, 'goal' | 'met'> {
  return goal === undefined ? {} : { goal: `≥ ${goal}`, met: power >= goal }
}

export const suspicionPower: Benchmark = {
  name: 'suspicion',
  what: 'false alarms and power for careless raters and copying pairs',
  run,
}

/** What agreement over a million ratings costs, from arrays and from a file. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { agreementOf } from '#app/stats/agreement/agreement.ts'
import { patternsOf } from '#app/stats/agreement/patterns.ts'
import type { Ratings } from '#app/stats/agreement/ratings.ts'
import { runAssay } from './agreement/command.ts'
import { manyRatings, writeRatings } from './agreement/ratings.ts'
import type { Benchmark, Row, Section } from './section.ts'

/** 370,370 items x 3 raters, a tenth missing: a million ratings. ASSAY_BENCH_ITEMS makes a smaller trial. */
const ITEMS = Number(process.env.ASSAY_BENCH_ITEMS ?? 370_370)
const DRAWS = 2_000
const TIMES = 5

/** Median time of one computing, in milliseconds, after one that warms up. */
function timed(ratings: Ratings, draws: number): number {
  const times: number[] = []
  for (let run = 0; run <= TIMES; run++) {
    const since = performance.now()
    agreementOf(patternsOf(ratings).patterns, { draws })
    if (run > 0) times.push(performance.now() - since)
  }
  return times.sort((a, b) => a - b)[Math.floor(TIMES / 2)] as number
}

const PARTS = [4, 2, 1] as const

/**
 * Nanoseconds a rating of counting and computing without the draws, for a quarter, half and all of the ratings: the least of nine
 * turns, in which the sizes take their turns, since a pause for the garbage of another size is no cost of this one.
 */
function perRating(): number[] {
  const sets = PARTS.map((part) => manyRatings(Math.round(ITEMS / part)))
  const least = sets.map(() => Number.POSITIVE_INFINITY)
  for (let turn = 0; turn < 9; turn++)
    sets.forEach((ratings, i) => {
      const since = performance.now()
      agreementOf(patternsOf(ratings).patterns, { draws: 39 })
      const each = (1e6 * (performance.now() - since)) / ratings.item.length
      least[i] = Math.min(least[i] as number, each)
    })
  return least
}

function fromArrays(ratings: Ratings): Row[] {
  const whole = timed(ratings, DRAWS)
  const half = manyRatings(Math.round(ITEMS / 2))
  const few = timed(half, DRAWS)
  const each = perRating()
  const growth = (each[2] as number) / (each[0] as number)
  const drawn = (of: Ratings) => (timed(of, 4 * DRAWS) - timed(of, DRAWS)) / 3
  const [draws, drawsOfHalf] = [drawn(ratings), drawn(half)]
  return [
    {
      what: 'from arrays: alpha with 2,000 draws',
      value: `${(whole / 1000).toFixed(3)} s`,
      goal: '<= 0.3 s',
      met: whole <= 300,
    },
    { what: 'the same from half of the ratings', value: `${few.toFixed(0)} ms` },
    {
      what: '2,000 further draws, all ratings and half of them',
      value: `${draws.toFixed(0)} ms, ${drawsOfHalf.toFixed(0)} ms`,
    },
    {
      what: 'a rating without the draws, in a quarter, half and all of them',
      value: each.map((one) => `${one.toFixed(0)} ns`).join(', '),
      goal: 'in all <= 1.3 x a quarter (linear is 1)',
      met: growth <= 1.3,
    },
  ]
}

async function fromFile(ratings: Ratings): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  try {
    const file = join(folder, 'ratings.csv')
    await writeRatings(file, ratings)
    const runs = [await runAssay(['agreement', file, '--json']), await runAssay(['agreement', file, '--json'])]
    const many = await runAssay(['agreement', file, '--json', '--boot', String(4 * DRAWS)])
    const seconds = Math.min(...runs.map((run) => run.seconds))
    const peak = Math.max(...runs.map((run) => run.peakMb))
    return [
      {
        what: 'from a CSV file by the command line, every coefficient',
        value: `${seconds.toFixed(2)} s`,
        goal: '<= 3 s',
        met: seconds <= 3,
      },
      { what: 'its most memory', value: `${peak.toFixed(0)} MB`, goal: '<= 500 MB', met: peak <= 500 },
      { what: 'the same with 8,000 draws', value: `${many.seconds.toFixed(2)} s` },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function run(): Promise<Section> {
  const ratings = manyRatings(ITEMS)
  const count = ratings.item.length.toLocaleString('en')
  return {
    title: 'Agreement over a million ratings',
    how: `${count} simulated ratings: ${ITEMS.toLocaleString('en')} items, 3 of 60 raters each, 4 levels, a tenth missing. Ordinal alpha and pairwise agreement with BCa intervals; times are medians of ${TIMES}, of the command line the better of two with the start of Node.`,
    rows: [...fromArrays(ratings), ...(await fromFile(ratings))],
  }
}

export const agreement: Benchmark = {
  name: 'agreement',
  what: 'alpha and every coefficient of a million ratings, from arrays and from a file',
  run,
}

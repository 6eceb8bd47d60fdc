/** How often each interval of agreement holds the truth. */
import { agreementOf } from '#app/stats/agreement/agreement.ts'
import { coefficientsOf } from '#app/stats/agreement/coefficients.ts'
import { compareAgreement } from '#app/stats/agreement/comparison.ts'
import { patternsOf } from '#app/stats/agreement/patterns.ts'
import type { NamedRatings, Ratings } from '#app/stats/agreement/ratings.ts'
import type { Estimated } from '#app/stats/estimate.ts'
import { seededRandom } from '#app/stats/random.ts'
import { drawPanel, type Panel, type PanelDesign, rate, rateTwice } from './agreement/panels.ts'
import type { Benchmark, Row, Section } from './section.ts'

/** Data sets a design. ASSAY_BENCH_SETS makes a smaller trial. */
const SETS = Number(process.env.ASSAY_BENCH_SETS ?? 1_000)
/** Panels that are drawn; each rates SETS / PANELS data sets. The truth of a panel comes from so many items. */
const PANELS = 20
const TRUTH_ITEMS = 100_000
const DRAWS = 600

const EVEN = [0.2, 0.3, 0.3, 0.2]
const SKEWED = [0.04, 0.08, 0.2, 0.68]

/** Three of eight raters, as rounds have them, and all of four raters. */
const holes = (items: number, shares: readonly number[]): PanelDesign => ({
  items,
  raters: 8,
  overlap: 3,
  itemSd: 1.4,
  severitySd: 0.4,
  shares,
})
const block = (items: number, shares: readonly number[], raters = 4): PanelDesign => ({
  ...holes(items, shares),
  raters,
  overlap: raters,
})

type Figures = Record<string, Estimated>

/** Shares of intervals that hold the truth, and of data sets without an interval, by name. */
type Tally = Map<string, { held: number; made: number; none: number }>

function count(tally: Tally, name: string, found: Estimated | undefined, truth: number): void {
  const known = tally.get(name) ?? { held: 0, made: 0, none: 0 }
  tally.set(name, known)
  if (!found?.estimable || !found.interval.estimable) {
    known.none++
    return
  }
  known.made++
  if (found.interval.low <= truth && truth <= found.interval.high) known.held++
}

const estimateOf = (found: Estimated | undefined): number => (found?.estimable ? found.estimate : Number.NaN)

/** Truth of these raters: each panel's own figures over very many items. */
function ofTheseRaters(
  design: PanelDesign,
  seed: number,
  figures: (ratings: Ratings, draws: number) => Figures,
): Tally {
  const tally: Tally = new Map()
  for (let p = 0; p < PANELS; p++) {
    const panel = drawPanel(design, seed + p)
    const truth = figures(rate(panel, TRUTH_ITEMS, seededRandom(seed + 1_000 + p)), 39)
    eachSet(seed, p, (random) => {
      const found = figures(rate(panel, design.items, random), DRAWS)
      for (const [name, one] of Object.entries(found)) count(tally, name, one, estimateOf(truth[name]))
    })
  }
  return tally
}

/** Truth of all such raters: a new panel for each data set, the truth from one very large panel. */
function ofAnyRaters(design: PanelDesign, seed: number, figures: (ratings: Ratings) => Figures): Tally {
  const tally: Tally = new Map()
  const large = { ...design, raters: 400, overlap: Math.min(design.overlap, 3) }
  const truth = figures(rate(drawPanel(large, seed), TRUTH_ITEMS, seededRandom(seed + 1)))
  for (let set = 0; set < SETS; set++) {
    const panel: Panel = drawPanel(design, seed + 10 + set)
    const found = figures(rate(panel, design.items, seededRandom(seed + 500_000 + set)))
    for (const [name, one] of Object.entries(found)) count(tally, name, one, estimateOf(truth[name]))
  }
  return tally
}

function eachSet(seed: number, panel: number, visit: (random: ReturnType<typeof seededRandom>) => void): void {
  const sets = Math.ceil(SETS / PANELS)
  for (let set = 0; set < sets; set++) visit(seededRandom(seed + 100_000 + panel * sets + set))
}

const everyday = (ratings: Ratings, draws: number): Figures => {
  const { patterns } = patternsOf(ratings)
  const { alpha, percentExact, percentAdjacent } = agreementOf(patterns, { draws })
  const all = coefficientsOf(ratings, { draws: 39 })
  const { ac1, ac2, fleissKappa, congerKappa, brennanPrediger } = all
  return { alpha, percentExact, percentAdjacent, ac1, ac2, fleissKappa, congerKappa, brennanPrediger, icc3: all.icc3 }
}

const twoRaters = (ratings: Ratings): Figures => {
  const plain = coefficientsOf(ratings, { draws: 39 })
  return {
    cohenKappa: plain.cohenKappa,
    quadraticKappa: coefficientsOf(ratings, { draws: 39, weights: 'quadratic' }).cohenKappa,
  }
}

const anyRaters = (ratings: Ratings): Figures => {
  const { ac1, ac2, fleissKappa, congerKappa, brennanPrediger, icc1, icc2 } = coefficientsOf(ratings, {
    draws: 39,
    ratersRandom: true,
  })
  return { ac1, ac2, fleissKappa, congerKappa, brennanPrediger, icc1, icc2 }
}

/** Differences of alpha on two dimensions of the same items, the second noisier. */
function differences(design: PanelDesign, noise: number, seed: number): Tally {
  const tally: Tally = new Map()
  for (let p = 0; p < PANELS; p++) {
    const panel = drawPanel(design, seed + p)
    const [one, other] = rateTwice(panel, TRUTH_ITEMS, noise, seededRandom(seed + 1_000 + p))
    const alphaOf = (ratings: Ratings) => agreementOf(patternsOf(ratings).patterns, { draws: 39 })
    const [first, second] = [alphaOf(one), alphaOf(other)]
    eachSet(seed, p, (random) => {
      const [a, b] = rateTwice(panel, design.items, noise, random)
      const found = compareAgreement(named(a), named(b), { draws: DRAWS })
      if (!found.estimable) return
      count(tally, 'alpha', found.alpha, estimateOf(first.alpha) - estimateOf(second.alpha))
      count(tally, 'exact', found.exact, estimateOf(first.percentExact) - estimateOf(second.percentExact))
    })
  }
  return tally
}

const named = (ratings: Ratings): NamedRatings => ({
  ...ratings,
  items: Array.from({ length: ratings.itemCount }, (_, i) => `${i}`),
  raters: Array.from({ length: ratings.raterCount }, (_, i) => `${i}`),
})

/** What has a goal: between .93 and .97, with twice the Monte Carlo error. */
const GOALS = new Set(['alpha', 'percentExact', 'percentAdjacent', 'exact'])

function rowsOf(what: string, tally: Tally, goals: boolean): Row[] {
  return [...tally].map(([name, { held, made, none }]) => {
    const share = made === 0 ? Number.NaN : held / made
    const slack = 2 * Math.sqrt((0.95 * 0.05) / Math.max(1, made))
    const met = share >= 0.93 - slack && share <= 0.97 + slack
    const missing = none === 0 ? '' : ` (${((100 * none) / (made + none)).toFixed(1)} % without)`
    const value = made === 0 ? 'no interval in any' : `${share.toFixed(3)}${missing}`
    return { what: `${what}: ${name}`, value, ...(goals && GOALS.has(name) ? { goal: '.93 to .97', met } : {}) }
  })
}

async function run(): Promise<Section> {
  const rows: Row[] = []
  for (const [items, seed] of [
    [15, 1],
    [30, 2],
    [100, 3],
    [300, 4],
  ] as const)
    for (const [use, shares] of [
      ['even', EVEN],
      ['skewed', SKEWED],
    ] as const) {
      if (items === 15 && use === 'skewed') continue
      const design = holes(items, shares)
      const at = seed * 1_000_000 + (use === 'even' ? 0 : 500_000)
      rows.push(...rowsOf(`${items} items, ${use}`, ofTheseRaters(design, at, everyday), items >= 30))
    }
  rows.push(...rowsOf('100 items, two raters', ofTheseRaters(block(100, EVEN, 2), 11_000_000, twoRaters), false))
  for (const [raters, seed] of [
    [4, 21_000_000],
    [8, 22_000_000],
    [20, 23_000_000],
  ] as const)
    rows.push(
      ...rowsOf(
        `60 items, all of ${raters} raters, any such raters`,
        ofAnyRaters(block(60, EVEN, raters), seed, anyRaters),
        false,
      ),
    )
  rows.push(
    ...rowsOf(
      '100 items, 3 of 20 raters, any such raters',
      ofAnyRaters({ ...holes(100, EVEN), raters: 20 }, 24_000_000, anyRaters),
      false,
    ),
    ...rowsOf('difference, 60 items, noise 1.5 times', differences(holes(60, EVEN), 1.5, 31_000_000), true),
    ...rowsOf('difference, 60 items, none', differences(holes(60, EVEN), 1, 32_000_000), true),
    ...rowsOf('difference, 200 items, noise 1.5 times', differences(holes(200, EVEN), 1.5, 33_000_000), true),
  )
  return {
    title: 'Coverage of intervals of agreement',
    how: `Shares of 95 % intervals that hold the truth, ${SETS.toLocaleString('en')} simulated data sets a line (Monte Carlo error about ${Math.sqrt((0.95 * 0.05) / SETS).toFixed(3)}): item N(0, 1.4) less severity N(0, .4) plus noise N(0, 1), cut into four levels of shares ${EVEN.join(' ')} (even) or ${SKEWED.join(' ')} (skewed). These raters: ${PANELS} panels of 8, 3 an item, the truth from ${TRUTH_ITEMS.toLocaleString('en')} items by the same panel. Any such raters: a new panel each time, the truth from a panel of 400. Bootstraps of ${DRAWS} draws. Scripts: scripts/bench/coverage.ts, scripts/bench/agreement/panels.ts.`,
    rows,
  }
}

export const coverage: Benchmark = {
  name: 'coverage',
  what: 'coverage of every interval of agreement over simulated data sets (minutes)',
  run,
}

/** How well the many-facet fit finds what simulated raters were made of, how honest its intervals are, and what it costs. */
import { calibrate } from '#app/stats/calibration/calibrate.ts'
import { drawExample, type Example, type ExampleOptions } from '#app/stats/calibration/example.ts'
import { expectedLevel } from '#app/stats/calibration/steps.ts'
import { seededRandom } from '#app/stats/random.ts'
import type { Benchmark, Row, Section } from './section.ts'

/** STATISTICS of the design: 20 raters, 300 items, 5 dimensions, 3 raters an item. */
const DESIGN: ExampleOptions = { items: 300, raters: 20, dimensions: 5, overlap: 3 }
const HALO = { haloSd: 0.5, profileSd: 0.7 }
const REPLICATIONS = 1000
const HALO_REPLICATIONS = 300
const LARGE: ExampleOptions = { items: 20_000, raters: 100, dimensions: 5, overlap: 3 }
const REACH = 1.959963984540054

interface Run {
  readonly truth: readonly number[]
  readonly found: readonly { logit: number; se: number; robustSe: number; shrunk: number }[]
  /** Shares of 95 % intervals that hold the truth: of points over raters, of fair scores over items. */
  readonly points: number
  readonly fair: number
}

function runOf(seed: number, options: ExampleOptions): Run {
  const example = drawExample(seededRandom(seed), options)
  const { raters, items } = calibrate(example.scores)
  const points = truePoints(example)
  const fair = trueFair(example)
  let pointsHeld = 0
  const found = raters.map(({ rater, severity }) => {
    if (!severity.estimable) throw new Error(severity.reason)
    if (Math.abs(severity.points - (points[rater] as number)) <= REACH * severity.pointsSe) pointsHeld++
    return {
      logit: severity.logit,
      se: severity.se,
      robustSe: severity.robustSe ?? Number.NaN,
      shrunk: severity.shrunk.logit,
    }
  })
  const fairHeld = items.filter(({ item, fair: one }) => {
    if (!one.estimable) throw new Error(one.reason)
    return Math.abs(one.score - (fair[item] as number)) <= REACH * one.se
  }).length
  return {
    truth: [...example.truth.severity],
    found,
    points: pointsHeld / raters.length,
    fair: fairHeld / items.length,
  }
}

/** Expected score of each rater less that of the average rater, over the rater's own scores. */
function truePoints({ scores, truth }: Example): number[] {
  const sums = new Float64Array(scores.raterCount)
  const counts = new Float64Array(scores.raterCount)
  for (let entry = 0; entry < scores.item.length; entry++) {
    const rater = scores.rater[entry] as number
    const d = scores.dimension[entry] as number
    const theta = truth.theta[scores.item[entry] as number] as number
    const at = (eta: number) => expectedLevel(eta, truth.offsets, truth.used, d, truth.width)
    sums[rater] = (sums[rater] as number) + at(theta - (truth.severity[rater] as number)) - at(theta)
    counts[rater] = (counts[rater] as number) + 1
  }
  return [...sums.map((sum, rater) => sum / (counts[rater] as number))]
}

function trueFair({ scores, truth }: Example): number[] {
  const { length } = scores.levels
  return [...truth.theta].map((theta) => {
    let sum = 0
    for (let d = 0; d < length; d++) sum += 1 + expectedLevel(theta, truth.offsets, truth.used, d, truth.width)
    return sum / length
  })
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function correlation(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)]
  const products = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
    x.reduce((sum, value, i) => sum + (value - mx) * ((y[i] as number) - my), 0)
  return products(a, ma, b, mb) / Math.sqrt(products(a, ma, a, ma) * products(b, mb, b, mb))
}

function rmse(run: Run, pick: (found: Run['found'][number]) => number): number {
  return Math.sqrt(mean(run.found.map((found, i) => (pick(found) - (run.truth[i] as number)) ** 2)))
}

/** Share of severities whose interval holds `scale` times the truth. */
function held(runs: readonly Run[], scale: number, error: (found: Run['found'][number]) => number): number {
  return mean(
    runs.flatMap(({ found, truth }) =>
      found.map((one, i) => (Math.abs(one.logit - scale * (truth[i] as number)) <= REACH * error(one) ? 1 : 0)),
    ),
  )
}

/** Slope of the estimates on the truth through 0: the scale that halo leaves. */
function scaleOf(runs: readonly Run[]): number {
  let [products, squares] = [0, 0]
  for (const { found, truth } of runs)
    found.forEach(({ logit }, i) => {
      products += logit * (truth[i] as number)
      squares += (truth[i] as number) ** 2
    })
  return products / squares
}

function recovery(): Row[] {
  const runs = Array.from({ length: REPLICATIONS }, (_, i) => runOf(21_000 + i, DESIGN))
  const r = mean(
    runs.map(({ found, truth }) =>
      correlation(
        found.map(({ logit }) => logit),
        truth,
      ),
    ),
  )
  const error = mean(runs.map((run) => rmse(run, ({ logit }) => logit)))
  const shrunk = mean(runs.map((run) => rmse(run, (found) => found.shrunk)))
  const coverage = held(runs, 1, ({ se }) => se)
  return [
    { what: 'severity: correlation with the truth', value: r.toFixed(4), goal: '≥ .965', met: r >= 0.965 },
    { what: 'severity: root mean square error, logits', value: error.toFixed(4), goal: '≤ .125', met: error <= 0.125 },
    { what: 'the same, drawn towards 0', value: shrunk.toFixed(4), goal: '≤ .12', met: shrunk <= 0.12 },
    { what: 'severity: slope on the truth', value: scaleOf(runs).toFixed(3) },
    covered('severity: 95 % intervals that hold the truth', coverage),
    covered('points: 95 % intervals that hold the truth', mean(runs.map(({ points }) => points))),
    covered('fair scores: 95 % intervals that hold the truth', mean(runs.map(({ fair }) => fair))),
  ]
}

function underHalo(): Row[] {
  const runs = Array.from({ length: HALO_REPLICATIONS }, (_, i) => runOf(33_000 + i, { ...DESIGN, ...HALO }))
  const scale = scaleOf(runs)
  return [
    { what: 'with halo: scale that is left', value: scale.toFixed(3) },
    { what: 'with halo: information errors about that scale', value: held(runs, scale, ({ se }) => se).toFixed(3) },
    covered(
      'with halo: robust errors about that scale',
      held(runs, scale, ({ robustSe }) => robustSe),
    ),
  ]
}

function covered(what: string, share: number): Row {
  return { what, value: share.toFixed(3), goal: '.93 to .97', met: share >= 0.93 && share <= 0.97 }
}

function cost(): Row[] {
  const { scores } = drawExample(seededRandom(5), LARGE)
  const since = performance.now()
  const { overall } = calibrate(scores)
  const seconds = (performance.now() - since) / 1000
  if (!overall.estimable) throw new Error(overall.reason)
  const megabytes = process.memoryUsage().rss / 2 ** 20
  return [
    {
      what: '100 raters × 20,000 items × 5 dimensions',
      value: `${seconds.toFixed(1)} s`,
      goal: '≤ 10 s',
      met: seconds <= 10,
    },
    { what: 'memory of the process', value: `${megabytes.toFixed(0)} MB`, goal: '≤ 1 GB', met: megabytes <= 1024 },
  ]
}

async function run(): Promise<Section> {
  return {
    title: 'Calibrating raters',
    how: `Marginal fits of the partial credit model to scores drawn from it: ${REPLICATIONS} times 20 raters, 300 items, 5 dimensions, 3 raters an item (items N(0, 1.5), severities N(0, .5), thresholds -2, 0, 2); with halo .5 and item profiles .7 ${HALO_REPLICATIONS} times; and one fit of 300,000 scores.`,
    rows: [...cost(), ...recovery(), ...underHalo()],
  }
}

export const calibration: Benchmark = {
  name: 'calibration',
  what: 'recovery, coverage and cost of the many-facet fit',
  run,
}

import { CAUSES } from '#app/stats/drift/decomposition/two-periods.ts'
import { fixedTestErrors } from '#app/stats/inference/fixed-test.ts'
import { designSequential } from '#app/stats/inference/sequential-design.ts'
import { operatingPoint } from '#app/stats/inference/sequential-exact.ts'
import { type AnchorDesign, FORTY } from './drift/anchors.ts'
import { USUAL } from './drift/change.ts'
import { type DetectionStudy, type Knowledge, studyDetection } from './drift/detection.ts'
import { quietRows, raterPowerRows } from './drift/raters.ts'
import { type CauseStudy, studySplit } from './drift/split.ts'
import type { Benchmark, Row } from './section.ts'

/** Simulated panels a design, and projects a change; the Monte Carlo error of a power is about .007. */
const PANELS = 4000
const PROJECTS = 200

export const drift: Benchmark = {
  name: 'drift',
  what: 'power and false alarms of the drift chart, bias and coverage of the split, length of the sequential test (minutes)',
  run: async () => ({
    title: 'Drift and qualification',
    how: `Simulated ratings: partial credit model, four levels, thresholds -2, 0, 2, quality N(0, 1.5), severity N(0, .5) logits known to ±.15, 10 raters; a panel that gets .6 logit (.25 points) more severe, looked for within 2 periods at one false alarm in 100; ${PANELS} panels a line. The split: 12 raters a period of whom 8 return, 400 live items a period rated by 2, 40 anchors rated by 3 in each period, 40 bridge items; ${PROJECTS} projects a line. Rounded scores: 8 raters, 40 anchors, 2 ratings of each in each of 8 quiet periods, quality N(2.6, .8; 3.5 where most scores are 4), rater N(0, .3), noise N(0, .6), 1 to 4; a rater changes after 5 quiet periods. Scripts: scripts/bench/drift.`,
    rows: [...detectionRows(), ...quietRows(PANELS), ...raterPowerRows(PANELS), ...splitRows(), ...sequentialRows()],
  }),
}

function detectionRows(): Row[] {
  const screened = { ...FORTY, screenedBy: 0.5 }
  return [
    ...detection('40 random anchors, 10 quiet periods', { ...FORTY, quietPeriods: 10 }, 'calibrated', 1, 0.75),
    ...detection('40 random anchors, 20 quiet periods', FORTY, 'calibrated', 2, 0.75),
    ...detection('40 screened anchors', screened, 'calibrated', 3, 0.78),
    ...detection('25 screened anchors rated twice', { ...screened, anchors: 25, ratings: 2 }, 'calibrated', 4, 0.88),
    ...detection('40 random anchors, no calibration', FORTY, 'points', 5),
    ...detection('40 screened anchors, no calibration', screened, 'points', 6),
  ]
}

function detection(what: string, design: AnchorDesign, knowledge: Knowledge, seed: number, goal?: number): Row[] {
  const study = studyDetection(design, knowledge, PANELS, seed)
  const { power, falseAlarms } = study.charts.ratio
  const quiet = falseAlarms > 0.85 && falseAlarms < 1.15
  return [
    {
      what: `${what}: found within 2 periods`,
      value: `${percent(power)} (EWMA ${percent(study.charts.ewma.power)}, CUSUM ${percent(study.charts.cusum.power)})`,
      ...(goal === undefined ? {} : { goal: `>= ${percent(goal)}`, met: power >= goal }),
    },
    { what: `${what}: false alarms in 100 periods`, value: alarms(study), goal: '1 ± .15', met: quiet },
    { what: `${what}: change point's range holds it`, value: percent(study.changePointCoverage) },
  ]
}

const alarms = ({ charts: { ratio, ewma, cusum } }: DetectionStudy): string =>
  `${ratio.falseAlarms.toFixed(2)} (EWMA ${ewma.falseAlarms.toFixed(2)}, CUSUM ${cusum.falseAlarms.toFixed(2)})`

function splitRows(): Row[] {
  const alone = CAUSES.map((cause, index) => ({ cause, ...studySplit([cause], USUAL, PROJECTS, 11 + index) }))
  const together = studySplit(CAUSES, USUAL, PROJECTS, 20)
  const gap = Math.max(...alone.map(({ largestGap }) => largestGap), together.largestGap)
  return [
    { what: 'split: parts against the change', value: gap.toExponential(0), goal: '<= 1e-9', met: gap <= 1e-9 },
    ...alone.map(({ cause, causes }) => {
      const own = causes.find((one) => one.cause === cause) as CauseStudy
      const met = Math.abs(own.bias) <= 0.02 && own.coverage >= 0.9
      return { what: `split, ${cause} alone`, value: studied(own), goal: 'bias <= .02, coverage >= 90 %', met }
    }),
    ...together.causes.map((own) => ({ what: `split, all six: ${own.cause}`, value: studied(own) })),
  ]
}

const studied = ({ truth, bias, sd, coverage }: CauseStudy): string =>
  `true ${truth.toFixed(3)}, bias ${bias.toFixed(3)}, SD ${sd.toFixed(3)}, coverage ${percent(coverage)}`

/** Against the fixed test "22 of 30". */
function sequentialRows(): Row[] {
  const [p0, p1] = [0.57, 0.81]
  const wanted = fixedTestErrors(30, 22, p0, p1)
  const designed = designSequential(p0, p1, wanted)
  if (designed === null)
    return [{ what: 'sequential test', value: 'none found', goal: 'one with a cap of 45', met: false }]
  const { test, achieved, expectedItems } = designed
  const mean = (expectedItems.p0 + expectedItems.p1) / 2 / 30
  const abilities = Array.from({ length: 99 }, (_, i) => operatingPoint(test, (i + 1) / 100).expectedItems / 30)
  const worst = Math.max(...abilities)
  return [
    {
      what: 'sequential test: errors (fixed test of 30)',
      value: `${achieved.alpha.toFixed(3)}/${achieved.beta.toFixed(3)} (${wanted.alpha.toFixed(3)}/${wanted.beta.toFixed(3)})`,
      goal: 'no larger',
      met: achieved.alpha <= wanted.alpha && achieved.beta <= wanted.beta,
    },
    {
      what: 'sequential test: items, good and bad candidates',
      value: percent(mean),
      goal: '<= 60 %',
      met: mean <= 0.6,
    },
    { what: 'sequential test: items, worst ability', value: percent(worst), goal: '<= 80 %', met: worst <= 0.8 },
  ]
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

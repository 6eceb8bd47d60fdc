import type { Row } from '../section.ts'
import { type Knowledge, type QuietStudy, studyQuiet, studyRaterPower } from './quiet.ts'
import { PROJECT, type QuietDesign } from './quiet-design.ts'

const DESIGNS: readonly (readonly [what: string, design: QuietDesign, seed: number])[] = [
  ['3 baseline ratings an anchor, rounded scores', PROJECT, 51],
  ['8 baseline ratings an anchor, rounded scores', { ...PROJECT, baseline: 8 }, 52],
  ['most scores 4', { ...PROJECT, scores: 'skewed' }, 53],
  ['scores made by the model', { ...PROJECT, scores: 'model' }, 54],
  ['20 raters, 5 ratings a period each', { ...PROJECT, anchors: 50, raters: 20 }, 55],
  ['raters with 2 to 20 ratings a period', { ...PROJECT, unequal: true }, 56],
  ['three of ten raters away in each period', { ...PROJECT, away: 0.3 }, 57],
]

const KNOWN: Record<Knowledge, string> = { calibrated: 'calibration', points: 'no calibration' }
const KNOWLEDGE = ['calibrated', 'points'] as const

/** The rate that is kept where the baseline has few ratings and raters have few a period, as a project has them. */
export function quietRows(panels: number): Row[] {
  return DESIGNS.flatMap(([what, design, seed]) =>
    KNOWLEDGE.map((knowledge): Row => {
      const study = studyQuiet(design, knowledge, panels, seed)
      return {
        what: `${what}, ${KNOWN[knowledge]}: false alarms in 100 periods`,
        value: inWords(study),
        goal: 'raters’ charts <= 1.2',
        met: study.charts <= 1.2,
      }
    }),
  )
}

const inWords = ({ panel, charts, raters, any }: QuietStudy): string =>
  `panel ${panel.toFixed(2)}, raters’ charts together ${charts.toFixed(2)}, with single periods ${raters.toFixed(2)}, of any sort ${any.toFixed(2)}`

/** A single rater who changes, on about ten anchor ratings a period. */
export function raterPowerRows(panels: number): Row[] {
  const designs = [
    ['3 baseline ratings an anchor', PROJECT, 61],
    ['8 baseline ratings an anchor', { ...PROJECT, baseline: 8 }, 62],
  ] as const
  return designs.flatMap(([what, design, seed]) =>
    [0.5, 0.8].map((by): Row => {
      const { two, three } = studyRaterPower(design, by, 'calibrated', panels, seed)
      const share = (power: number) => `${(100 * power).toFixed(1)} %`
      return {
        what: `${what}: one rater of eight gives ${by} points less, 10 anchor ratings a period`,
        value: `found within 2 periods ${share(two)}, within 3 ${share(three)}`,
      }
    }),
  )
}

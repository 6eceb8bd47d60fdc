import { listed } from '../figure.ts'
import { alarmsIn } from './alarms.ts'
import type { DimensionFindings, DriftFindings } from './findings.ts'

/** What a lead can do so that the page says more, or about what it says. */
export type NextStep = {
  kind: 'anchors' | 'share' | 'bridge' | 'levels' | 'panel' | 'raters' | 'more anchors'
  text: string
  /** For `bridge`: ids of the versions to be linked. */
  versions?: { from: string; to: string }
}

/** So many anchor ratings a period find a panel's drift of a quarter point within two periods three times in four. */
const ANCHOR_RATINGS = 40

/** The steps that the findings on a dimension call for, the most pressing first. */
export function nextSteps(findings: DriftFindings, dimension: DimensionFindings): NextStep[] {
  return [...onAlarms(findings), ...onAnchors(findings, dimension), ...onBridges(dimension), ...onLevels(findings)]
}

function onAlarms(findings: DriftFindings): NextStep[] {
  const alarms = alarmsIn(findings)
  const steps: NextStep[] = []
  if (alarms.some(({ rater }) => rater === null))
    steps.push({
      kind: 'panel',
      text: 'The panel reads the rubric otherwise than it did. Look at the anchors that moved together with the raters, sharpen the wording of the levels they moved between, and keep comparing with the periods before apart until the chart is quiet.',
    })
  if (alarms.some(({ rater }) => rater !== null))
    steps.push({
      kind: 'raters',
      text: 'A rater changed alone. Show them their own ratings of the anchors beside those they gave before, and ask what changed.',
    })
  return steps
}

function onAnchors({ basis }: DriftFindings, { drift }: DimensionFindings): NextStep[] {
  if (basis.anchor === 0)
    return [
      {
        kind: 'anchors',
        text: `No answer is rated again over time, so a panel that changes cannot be told from a model that does. Pick about ${ANCHOR_RATINGS} answers as anchors, drawn at random from what was rated already; rounds then mix some of them in, and no rater can tell.`,
      },
    ]
  const found = drift.anchors.flatMap(({ found: series }) => (series.estimable ? [series] : []))
  if (found.length === 0)
    return [
      {
        kind: 'share',
        text: 'Anchors were rated in one period only. Give the next round a share of anchors, so that there is something to compare.',
      },
    ]
  const last = found.at(-1)?.periods.at(-1)
  if (last !== undefined && last.ratings < ANCHOR_RATINGS)
    return [
      {
        kind: 'more anchors',
        text: `The latest period has ${last.ratings} ratings of anchors; with ${ANCHOR_RATINGS} or more a drift of a quarter point is found within two periods three times in four. Give the rounds a larger share of anchors.`,
      },
    ]
  return []
}

function onBridges({ drift, versions }: DimensionFindings): NextStep[] {
  return drift.steps.flatMap(({ from, to, bridge }): NextStep[] => {
    const [older, newer] = [versions[from], versions[to]]
    if (bridge.estimable || older === undefined || newer === undefined) return []
    return [
      {
        kind: 'bridge',
        text: `Nothing links versions ${older.number} and ${newer.number} of the rubric, so what the version did cannot be told from what the raters and the model did. Have about ${ANCHOR_RATINGS} answers rated under both versions by the same raters.`,
        versions: { from: older.versionId, to: newer.versionId },
      },
    ]
  })
}

function onLevels({ leftOut }: DriftFindings): NextStep[] {
  if (leftOut.length === 0) return []
  return [
    {
      kind: 'levels',
      text: `${listed(leftOut.map(({ name, reason }) => `${name} is left out: ${reason}`))}.`,
    },
  ]
}

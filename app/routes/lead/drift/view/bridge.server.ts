import { bridgeCautions, equivalenceInWords } from '#app/evaluation/drift/bridge-words.ts'
import type { DimensionFindings } from '#app/evaluation/drift/findings.ts'
import { between, signedPoints } from '#app/evaluation/drift/spelling.ts'
import { bridgeContext } from '#app/evaluation/drift/words.ts'
import { plural } from '#app/evaluation/figure.ts'
import { type TransitionsView, transitionsView } from './transitions.server.ts'

export type BridgeView = {
  from: number
  to: number
  ids: { from: string; to: string }
  /** The ratings of the bridge under the newer version; null: not for this reader. */
  link: string | null
  /** Why there is no bridge; null: there is one. */
  why: string | null
  found: {
    shift: string
    interval: string
    anyRaters: string
    restsOn: string
    equivalence: string
    cautions: string[]
    levelsAlike: string
    transitions: TransitionsView | null
    equated: { level: number; linear: string; curve: string }[]
    advised: string
  } | null
}

/** One for each step from a rubric version to the next. */
export function bridgeViews(dimension: DimensionFindings, mayList: boolean): BridgeView[] {
  const { drift, versions, levels } = dimension
  return drift.steps.flatMap((step): BridgeView[] => {
    const [older, newer] = [versions[step.from], versions[step.to]]
    if (older === undefined || newer === undefined) return []
    const there = new URLSearchParams({
      rubric: newer.versionId,
      dimension: dimension.key,
      kind: 'bridge',
      back: 'drift',
    })
    const base = {
      from: older.number,
      to: newer.number,
      ids: { from: older.versionId, to: newer.versionId },
      link: mayList ? `../agreement/ratings?${there}` : null,
    }
    const { bridge } = step
    if (!bridge.estimable) return [{ ...base, why: bridge.reason, found: null }]
    const { shift, anyRaters, levelsAlike, equated } = bridge
    const context = bridgeContext(dimension, step)
    return [
      {
        ...base,
        why: null,
        found: {
          shift: signedPoints(shift.estimate),
          interval: shift.interval.estimable ? between(shift.interval.low, shift.interval.high) : shift.interval.reason,
          anyRaters: 'estimable' in anyRaters ? anyRaters.reason : between(anyRaters.low, anyRaters.high),
          restsOn: `${plural(bridge.items, 'answer')}, ${plural(bridge.raters, 'rater')}, ${plural(bridge.pairs, 'pair')} of ratings`,
          equivalence: equivalenceInWords(bridge, context),
          cautions: bridgeCautions(bridge, context),
          levelsAlike: levelsAlike.estimable
            ? `Stuart-Maxwell χ² ${levelsAlike.chiSquare.toFixed(1)}, ${levelsAlike.df} df, p ${levelsAlike.p < 0.001 ? '< 0.001' : levelsAlike.p.toFixed(3)}`
            : levelsAlike.reason,
          transitions: transitionsView(bridge.transitions, levels),
          equated: levels.map((level, k) => ({
            level,
            linear: (equated.linear.equivalents[k] as number).toFixed(2),
            curve: equated.equipercentile[k]?.equivalent.toFixed(2) ?? '',
          })),
          advised: equated.advised === 'linear' ? 'the straight line' : 'the curve',
        },
      },
    ]
  })
}

import type { DimensionFindings, DriftFindings } from '#app/evaluation/drift/findings.ts'
import { signedPoints } from '#app/evaluation/drift/spelling.ts'

/** Where a rubric version came into use, and whether a bridge links it to the one before. */
export type VersionMark = { slot: number; text: string; detail: string; bridged: boolean }

/** A mark for each version after the first, before the first period that has it. */
export function versionMarks({ periods }: DriftFindings, { versions, drift }: DimensionFindings): VersionMark[] {
  return drift.steps.flatMap(({ from, to, bridge }): VersionMark[] => {
    const version = versions[to]
    if (version === undefined) return []
    const first = firstPeriod(drift, to)
    if (first === null || first >= periods.length) return []
    const former = lastPeriod(drift, from)
    // with both versions in one period the change lies within it
    const slot = former !== null && former >= first ? first + 0.5 : first
    const detail = bridge.estimable
      ? `, bridged: ${signedPoints(bridge.shift.estimate)} on the same answers`
      : ', no bridge: trend broken'
    return [
      {
        slot: Math.min(slot, periods.length - 0.5),
        text: `Version ${version.number}`,
        detail,
        bridged: bridge.estimable,
      },
    ]
  })
}

/** Periods in which a version has live or anchor ratings. */
function periodsWith({ trend, anchors }: DimensionFindings['drift'], wanted: number): number[] {
  const live = trend.filter(({ versions }) => versions.includes(wanted)).map(({ period }) => period)
  const anchored = anchors.flatMap(({ version, found }) =>
    version === wanted && found.estimable ? [found.baseline, ...found.periods.map(({ period }) => period)] : [],
  )
  return [...live, ...anchored].sort((a, b) => a - b)
}

const firstPeriod = (drift: DimensionFindings['drift'], version: number): number | null =>
  periodsWith(drift, version)[0] ?? null
const lastPeriod = (drift: DimensionFindings['drift'], version: number): number | null =>
  periodsWith(drift, version).at(-1) ?? null

import { alarmsOn } from './alarms.ts'
import type { DimensionFindings, DriftFindings } from './findings.ts'
import { stands } from './split-words.ts'

/** The dimension asked for, or else the one with most to say: an alarm (the panel's before a rater's), a cause that stands out, the largest change. */
export function chosenDimension(findings: DriftFindings, wanted: string | null): DimensionFindings | null {
  const asked = findings.dimensions.find(({ key }) => key === wanted)
  if (asked) return asked
  const [first] = findings.dimensions
    .map((dimension) => ({ dimension, weight: weightOf(dimension, findings) }))
    .sort((a, b) => b.weight - a.weight)
  return first?.dimension ?? null
}

function weightOf(dimension: DimensionFindings, findings: DriftFindings): number {
  const { change, steps } = dimension.drift
  const alarms = alarmsOn(dimension, findings)
  const largest = (of: typeof alarms) => Math.max(0, ...of.map(({ size }) => Math.abs(size)))
  const ofPanel = largest(alarms.filter(({ rater }) => rater === null))
  const ofRaters = largest(alarms)
  const standing = change.estimable
    ? Math.max(0, ...change.parts.filter(stands).map(({ estimate }) => Math.abs(estimate)))
    : 0
  const bridged = Math.max(
    0,
    ...steps.map(({ bridge }) => (bridge.estimable && bridge.shift.p < 0.05 ? Math.abs(bridge.shift.estimate) : 0)),
  )
  const moved = change.estimable ? Math.abs(change.change) : 0
  // each kind of finding outweighs all of the kinds after it
  if (ofPanel > 0) return 4000 + ofPanel
  if (ofRaters > 0) return 3000 + ofRaters
  if (standing > 0) return 2000 + standing
  return bridged > 0 ? 1000 + bridged : moved
}

import { type Waterfall, waterfallOf } from '#app/charts/waterfall.server.ts'
import { drawnOrder, partLabel, partNames, whyTogether } from '#app/evaluation/drift/causes.ts'
import { type DriftNames, newVersions, raterNames } from '#app/evaluation/drift/context.ts'
import type { DimensionFindings, DriftFindings } from '#app/evaluation/drift/findings.ts'
import { between, level, signedPoints } from '#app/evaluation/drift/spelling.ts'
import { stands } from '#app/evaluation/drift/split-words.ts'
import { capital } from '#app/evaluation/figure.ts'

export type SplitRow = { name: string; figure: string; detail: string; stands: boolean; why: string[] }

export type SplitView = {
  chart: Waterfall
  description: string
  before: { name: string; figure: string }
  after: { name: string; figure: string }
  change: string
  parts: SplitRow[]
}

/** What carried the mean from the earlier period to the later one. */
export function splitView(findings: DriftFindings, dimension: DimensionFindings, names: DriftNames): SplitView | null {
  const { change } = dimension.drift
  const { compared, periods } = findings
  if (!change.estimable || compared === null) return null
  const context = { newVersions: newVersions(dimension, compared.before, compared.after) }
  const called = partNames(findings, dimension, raterNames(findings, names))
  const parts = drawnOrder(change.parts).map((part) => ({
    name: partLabel(part, context),
    part,
    why: part.causes.length > 1 ? whyTogether(part, called) : [],
  }))
  const name = (period: number) => `Mean, ${periods[period]?.label ?? ''}`
  return {
    chart: waterfallOf({
      before: change.before,
      after: change.after,
      steps: parts.map(({ name: step, part }) => ({
        name: step,
        size: part.estimate,
        low: part.interval.low,
        high: part.interval.high,
      })),
    }),
    description: `From ${level(change.before)} to ${level(change.after)}: ${parts
      .map(
        ({ name: step, part }) =>
          `${step.toLowerCase()} ${signedPoints(part.estimate)}${stands(part) ? '' : ' (may be nothing)'}`,
      )
      .join(', ')}.`,
    before: { name: name(compared.before), figure: level(change.before) },
    after: { name: name(compared.after), figure: level(change.after) },
    change: signedPoints(change.change),
    parts: parts.map(({ name: step, part, why }) => ({
      name: step,
      figure: signedPoints(part.estimate),
      detail: between(part.interval.low, part.interval.high),
      stands: stands(part),
      why: why.map((reason) => `${capital(reason)}.`),
    })),
  }
}

import type { Decomposition } from '#app/stats/drift/decomposition/decompose.ts'
import type { DimensionFindings, DriftFindings } from './findings.ts'
import { spokenPeriod } from './spelling.ts'
import type { SplitContext } from './split-words.ts'

/** How raters and system versions are called; what is not in here has no name for this reader. */
export type DriftNames = {
  raters: Readonly<Record<string, { name: string }>>
  systems: Readonly<Record<string, string>>
}

/** Of the raters who changed, those at least half as far as the one who changed most are named, two at most. */
const NAMED = 2
const AS_FAR = 0.5
const LEAST_MOVE = 0.1

/** Names of the raters in the numbering of the findings. */
export const raterNames = ({ raters }: Pick<DriftFindings, 'raters'>, names: DriftNames): string[] =>
  raters.map((id) => names.raters[id]?.name ?? 'A rater')

/** Everything beside the sizes that the words on a split need. */
export function splitContext(
  findings: DriftFindings,
  dimension: DimensionFindings,
  change: Decomposition,
  names: DriftNames,
): SplitContext {
  const { before, after } = findings.compared ?? { before: 0, after: 0 }
  const spoken = (period: number) => {
    const found = findings.periods[period]
    return found ? spokenPeriod(found, findings.periodKind) : ''
  }
  return {
    dimension: dimension.name,
    before: spoken(before),
    after: spoken(after),
    newVersions: newVersions(dimension, before, after),
    systems: systemsBetween(findings, before, after, names),
    changed: changedRaters(change, raterNames(findings, names)),
  }
}

/** Numbers of the versions that live items are rated under in the later period and not in the earlier one. */
export function newVersions({ drift, versions }: DimensionFindings, before: number, after: number): number[] {
  const used = (wanted: number) => drift.trend.find(({ period }) => period === wanted)?.versions ?? []
  const formerly = used(before)
  return used(after)
    .filter((version) => !formerly.includes(version))
    .map((version) => versions[version]?.number ?? 0)
}

function systemsBetween(
  { systems }: DriftFindings,
  before: number,
  after: number,
  names: DriftNames,
): SplitContext['systems'] {
  const named = (period: number) => (systems[period] ?? []).map(({ id }) => names.systems[id] ?? '').sort()
  const [was, is] = [named(before), named(after)]
  if (String(was) === String(is) || was.length === 0 || is.length === 0) return null
  return was.length > NAMED || is.length > NAMED ? null : { before: was, after: is }
}

function changedRaters({ parts, readings }: Decomposition, raters: readonly string[]): string[] {
  const part = parts.find(({ causes }) => causes.includes('individual'))
  const towards = Math.sign(part?.estimate ?? 0)
  const moves = raters
    .map((name, rater) => ({ name, move: towards * (readings.moved[rater] ?? 0) }))
    .sort((a, b) => b.move - a.move)
  const most = moves[0]?.move ?? 0
  return moves
    .filter(({ move }) => move >= Math.max(LEAST_MOVE, AS_FAR * most))
    .slice(0, NAMED)
    .map(({ name }) => name)
}

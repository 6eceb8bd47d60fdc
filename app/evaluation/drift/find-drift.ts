import { pilotPlan } from '#app/stats/drift/monitor/pilot.ts'
import { calibratedFrozen } from '#app/stats/drift/report/calibrated.ts'
import { chartPaths } from '#app/stats/drift/report/chart-paths.ts'
import { at, type DriftRatings, isLive, kindNumber, scoresAt } from '#app/stats/drift/report/drift-ratings.ts'
import { type DimensionDrift, driftReport } from '#app/stats/drift/report/drift-report.ts'
import { mixBetween } from '#app/stats/drift/report/mix-changes.ts'
import { trendByVersion } from '#app/stats/drift/report/trend.ts'
import type { Database } from '#db/store.server.ts'
import { type BridgePair, bridgePairs } from './bridge-pairs.ts'
import { columnsOf, type Numbered, numbered, usedVersions } from './columns.ts'
import type { SettledDrift } from './filter.ts'
import type { DimensionFindings, DriftBasis, DriftFindings } from './findings.ts'
import { kindOf } from './kinds.ts'
import { type Period, periodsOf, usualKind } from './periods.ts'
import { type DriftRow, readDesign, readDriftRows } from './rows.ts'
import { type DimensionScales, readScales, type VersionScale, whyApart } from './scales.ts'

const SEED = 1

/**
 * Looks for drift in the ratings that pass the filter, dimension by dimension, by `driftReport`. Asks no permission: for
 * `driftIn`, which does.
 */
export async function findDrift(read: Database, filter: SettledDrift): Promise<DriftFindings> {
  const scales = await readScales(read, filter.rubricId)
  const { anchors, rounds } = await readDesign(read, filter.rubricId)
  const rows = await readDriftRows(read, filter, scales)
  const kinds = rows.map((row) => kindOf(row, anchors.get(row.responseId)))
  const periodKind = filter.periods ?? usualKind(rows)
  const { periods, numbers } = periodsOf(rows, periodKind, rounds)
  const pairs = bridgePairs(rows, (row) => kinds[row] !== null, rounds)
  const all = numbered(
    rows,
    kinds.map((kind) => (kind === null ? null : kindNumber(kind))),
    { numbers, count: periods.length },
    pairs,
  )
  const compared = comparedPeriods(all, periods, filter)
  const looked = scales.map((scale, d) => ({ scale, d, versions: usedVersions(all, d, scale) }))
  const used = looked.filter(({ versions }) => versions.length > 0)
  const apart = used.flatMap(({ scale: { key, name }, versions }) => {
    const reason = whyApart(versions)
    return reason === null ? [] : [{ key, name, reason }]
  })
  const chosen = used.filter(({ versions }) => whyApart(versions) === null)
  const ratings = chosen.map(({ d, versions }) => columnsOf(all, d, versions))
  const reports = driftReport(ratings, {
    chart: { rate: filter.falseAlarms / 100, seed: SEED },
    frozen: calibratedFrozen,
    from: compared?.before ?? 0,
    to: compared?.after ?? 0,
    seed: SEED,
  })
  return {
    periodKind,
    periods,
    compared,
    raters: all.raters,
    segments: all.segments,
    basis: basisOf(rows, kinds),
    systems: systemsOf(all, periods.length),
    dimensions: chosen.map(({ scale, d, versions }, i) =>
      dimensionFindings({ scale, d, versions }, ratings[i] as DriftRatings, reports[i] as DimensionDrift, {
        all,
        pairs,
        compared,
      }),
    ),
    leftOut: apart,
  }
}

const isLiveKind = (kind: number) => kind === kindNumber('live') || kind === kindNumber('live-anchor')

/** The periods asked for where they have live items, else the first and the last that do. */
function comparedPeriods(
  { entries }: Numbered,
  periods: readonly Period[],
  { before, after }: SettledDrift,
): DriftFindings['compared'] {
  const live = [...new Set(entries.filter(({ kind }) => isLiveKind(kind)).map(({ period }) => period))]
  live.sort((a, b) => a - b)
  const asked = (key: string | null) => live.find((period) => periods[period]?.key === key)
  const from = asked(before) ?? live[0]
  const to = asked(after) ?? live.at(-1)
  return from === undefined || to === undefined || from === to ? null : { before: from, after: to }
}

function basisOf(rows: readonly DriftRow[], kinds: readonly (string | null)[]): DriftBasis {
  const basis = {
    ratings: rows.length,
    live: 0,
    anchor: 0,
    bridge: 0,
    aside: 0,
    sources: { app: 0, import: 0, simulated: 0 },
  }
  rows.forEach(({ source }, row) => {
    const kind = kinds[row]
    basis.sources[source]++
    if (kind === null) basis.aside++
    if (kind === 'live' || kind === 'live-anchor') basis.live++
    if (kind === 'anchor' || kind === 'live-anchor') basis.anchor++
    if (kind === 'bridge') basis.bridge++
  })
  return basis
}

/** Live answers by the system version that gave them, in each period. */
function systemsOf({ rows, entries }: Numbered, periodCount: number): DriftFindings['systems'] {
  const found = Array.from({ length: periodCount }, () => new Map<string, Set<number>>())
  for (const { row, item, period, kind } of entries) {
    if (!isLiveKind(kind)) continue
    const { systemVersionId } = rows[row] as DriftRow
    const here = found[period] as Map<string, Set<number>>
    const known = here.get(systemVersionId)
    if (known) known.add(item)
    else here.set(systemVersionId, new Set([item]))
  }
  return found.map((systems) =>
    [...systems].map(([id, items]) => ({ id, items: items.size })).sort((a, b) => b.items - a.items),
  )
}

type Looked = { scale: DimensionScales; d: number; versions: VersionScale[] }
type Whole = { all: Numbered; pairs: readonly BridgePair[]; compared: DriftFindings['compared'] }

function dimensionFindings(
  { scale, d, versions }: Looked,
  ratings: DriftRatings,
  drift: DimensionDrift,
  { all, pairs, compared }: Whole,
): DimensionFindings {
  const under = new Set(versions.map(({ versionId }) => versionId))
  const cannotJudge = all.rows.filter(({ levels, versionId }) => under.has(versionId) && levels[d] == null).length
  return {
    key: scale.key,
    name: scale.name,
    levels: versions[0]?.levels ?? [],
    versions,
    scores: ratings.score.length,
    cannotJudge,
    means: trendByVersion(ratings).map(({ version, periods }) => ({ version, periods: [...periods] })),
    drift,
    paths: drift.anchors.map(({ chart }) => (chart.estimable ? chartPaths(chart) : null)),
    daysApart: drift.steps.map(({ from, to }) => medianDays(all.rows, pairs, versions[from], versions[to])),
    pilot: pilotOf(ratings),
    mix: mixBetween(ratings, compared?.before ?? 0, compared?.after ?? 0, SEED),
  }
}

function medianDays(
  rows: readonly DriftRow[],
  pairs: readonly BridgePair[],
  from: VersionScale | undefined,
  to: VersionScale | undefined,
): number | null {
  const days = pairs
    .filter(
      ({ before, after }) => rows[before]?.versionId === from?.versionId && rows[after]?.versionId === to?.versionId,
    )
    .map(({ daysApart }) => daysApart)
    .sort((a, b) => a - b)
  return days[Math.floor(days.length / 2)] ?? null
}

/** Read off the latest period with live items. */
function pilotOf(ratings: DriftRatings): DimensionFindings['pilot'] {
  const live = Array.from(ratings.period.keys()).filter((entry) => isLive(ratings, entry))
  const last = live.reduce((latest, entry) => Math.max(latest, ratings.period[entry] as number), -1)
  const entries = Uint32Array.from(live.filter((entry) => ratings.period[entry] === last))
  const found = pilotPlan({
    itemCount: ratings.itemCount,
    raterCount: ratings.raterCount,
    item: at(ratings.item, entries),
    rater: at(ratings.rater, entries),
    score: scoresAt(ratings, entries),
  })
  if (!found.estimable) return null
  return { ...found.plan, raters: new Set(at(ratings.rater, entries)).size }
}

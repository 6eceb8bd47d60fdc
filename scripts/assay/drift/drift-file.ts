import { type DriftRatings, guessedKinds } from '#app/stats/drift/report/drift-ratings.ts'
import { BadFile } from '../ratings-file/bad-file.ts'
import { NO_SCORE } from '../ratings-file/rating-rows.ts'
import { ONLY_DIMENSION } from '../ratings-file/read-csv.ts'
import { filled, inTime, kindsOf, levelsIn, periodsFrom, scoresOf } from './drift-cells.ts'
import { type NamedColumn, type NamedColumns, readNamedColumns } from './named-columns.ts'

/** A file of ratings over time, by dimension, with the names behind the numbers. */
export interface DriftFile {
  readonly dimensions: ReadonlyMap<string, DimensionRatings>
  /** In the order of time, the baseline first; earlier ones are left out. */
  readonly periods: readonly string[]
  readonly raters: readonly string[]
  readonly segments: readonly string[]
}

export interface DimensionRatings {
  readonly ratings: DriftRatings
  /** In the order of first use. */
  readonly versions: readonly string[]
  readonly missing: number
}

export interface DriftFileOptions {
  readonly levels: readonly number[] | null
  /** The period that the others are compared with; the first one where null. */
  readonly baseline: string | null
}

/**
 * Reads item, rater, score, period and, where present, dimension, rubric_version, segment and kind (see `KINDS`).
 * Without a column `kind` it is guessed: see `guessedKinds`.
 *
 * @throws BadFile with the line and the reason; the system's error when the file cannot be read
 */
export function readDriftFile(file: string, { levels, baseline }: DriftFileOptions): DriftFile {
  const columns = readNamedColumns(
    file,
    ['item', 'rater', 'score', 'period'],
    ['dimension', 'rubric_version', 'segment', 'kind'],
  )
  const needed = (name: string) => filled(columns, name)
  const [item, rater, period] = [needed('item'), needed('rater'), needed('period')]
  const scores = scoresOf(columns, levels)
  const dimension = columns.column('dimension') === null ? null : needed('dimension')
  const kind = columns.column('kind')
  const kinds = kind === null ? null : kindsOf(columns, kind)
  const periods = periodsFrom(period, baseline)
  const number = new Map(periods.map((name, index) => [name, index]))
  const periodOf = period.names.names().map((name) => number.get(name) ?? -1)
  const segment = columns.column('segment')
  const version = columns.column('rubric_version')
  const rows = { item, rater, period, dimension, version, segment, scores, kinds, periodOf, columns }
  refuseDoubles(rows)
  const found = new Map<string, DimensionRatings>()
  const scale = levels ?? levelsIn(scores)
  byDimension(rows).forEach((chosen, name) => {
    found.set(name, ratingsOf(rows, chosen, scale, periods.length))
  })
  return {
    dimensions: found,
    periods,
    raters: rater.names.names(),
    segments: segment === null ? [] : segment.names.names(),
  }
}

interface Rows {
  readonly item: NamedColumn
  readonly rater: NamedColumn
  readonly period: NamedColumn
  readonly dimension: NamedColumn | null
  readonly version: NamedColumn | null
  readonly segment: NamedColumn | null
  readonly scores: readonly number[]
  readonly kinds: readonly number[] | null
  /** Number in the order of time of each period's name; -1 before the baseline. */
  readonly periodOf: readonly number[]
  readonly columns: NamedColumns
}

function refuseDoubles({ item, rater, period, dimension, version, columns }: Rows): void {
  const seen = new Map<string, number>()
  for (let row = 0; row < columns.count; row++) {
    const key = [item, rater, period, dimension, version].map((column) => column?.cells[row] ?? 0).join(' ')
    const before = seen.get(key)
    if (before !== undefined) {
      const what = `${nameIn(rater, row)} already rated ${nameIn(item, row)} in ${nameIn(period, row)}`
      throw BadFile.at(columns.line[row] as number, `${what} (${dimensionOf(dimension, row)}) on line ${before}`)
    }
    seen.set(key, columns.line[row] as number)
  }
}

const nameIn = ({ cells, names }: NamedColumn, row: number): string => names.name(cells[row] as number)
const dimensionOf = (dimension: NamedColumn | null, row: number): string =>
  dimension === null ? ONLY_DIMENSION : nameIn(dimension, row)

function byDimension(rows: Rows): Map<string, number[]> {
  const found = new Map<string, number[]>()
  for (let row = 0; row < rows.columns.count; row++) {
    if ((rows.periodOf[rows.period.cells[row] as number] as number) < 0) continue
    const name = dimensionOf(rows.dimension, row)
    const known = found.get(name)
    if (known === undefined) found.set(name, [row])
    else known.push(row)
  }
  return found
}

function ratingsOf(
  rows: Rows,
  chosen: readonly number[],
  levels: readonly number[],
  periodCount: number,
): DimensionRatings {
  const inOrder = [...chosen].sort((a, b) => periodAt(rows, a) - periodAt(rows, b) || a - b)
  const scored = inOrder.filter((row) => rows.scores[row] !== NO_SCORE)
  const versions = versionsOf(rows, scored)
  const versionNumbers = new Map(versions.map((cell, number) => [cell, number]))
  const column = (named: NamedColumn | null) => Uint32Array.from(scored, (row) => named?.cells[row] ?? 0)
  const ratings = {
    levels,
    itemCount: rows.item.names.size,
    raterCount: rows.rater.names.size,
    periodCount,
    versionCount: Math.max(1, versions.length),
    segmentCount: rows.segment?.names.size ?? 1,
    item: column(rows.item),
    rater: column(rows.rater),
    period: Uint32Array.from(scored, (row) => periodAt(rows, row)),
    version: Uint32Array.from(scored, (row) => versionNumbers.get(versionAt(rows, row)) as number),
    segment: column(rows.segment),
    score: Float64Array.from(scored, (row) => rows.scores[row] as number),
  }
  const { kinds } = rows
  const kind = kinds === null ? guessedKinds(ratings) : Uint8Array.from(scored, (row) => kinds[row] as number)
  return {
    ratings: { ...ratings, kind },
    versions: versions.map((cell) => rows.version?.names.name(cell) ?? ''),
    missing: chosen.length - scored.length,
  }
}

/** Versions by the period of their first use, then by name. */
function versionsOf(rows: Rows, scored: readonly number[]): number[] {
  const first = new Map<number, number>()
  for (const row of scored) {
    const cell = versionAt(rows, row)
    first.set(cell, Math.min(first.get(cell) ?? Number.POSITIVE_INFINITY, periodAt(rows, row)))
  }
  const name = (cell: number) => rows.version?.names.name(cell) ?? ''
  return [...first].sort(([a, p], [b, q]) => p - q || inTime(name(a), name(b))).map(([cell]) => cell)
}

const versionAt = ({ version }: Rows, row: number): number => version?.cells[row] ?? 0
const periodAt = ({ period, periodOf }: Rows, row: number): number => periodOf[period.cells[row] as number] as number

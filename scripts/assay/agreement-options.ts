import { parseArgs } from 'node:util'
import { checkLevels } from '#app/stats/agreement/levels.ts'
import { METRICS, type Metric } from '#app/stats/agreement/metric.ts'
import { WEIGHTS, type WeightsName } from '#app/stats/agreement/weights.ts'

/** What was asked for on the command line. */
export interface AgreementRequest {
  readonly file: string
  readonly level: Metric
  readonly levels: readonly number[] | null
  /** null: quadratic for AC2, identity for the others. */
  readonly weights: WeightsName | null
  /** Raters of Gwet's family as they are, or as a sample of all there could be. */
  readonly raters: (typeof RATERS)[number]
  readonly boot: number
  readonly seed: number
  readonly by: string | null
  readonly json: boolean
}

const RATERS = ['fixed', 'random'] as const

/** A mistake in the command line, in words. */
export class BadUsage extends Error {
  override readonly name = 'BadUsage'
}

export const USAGE = `usage: npm run -s assay -- agreement FILE [options]

FILE is CSV or JSON Lines (by its extension), one rating a line: item, rater, score and, where present, dimension and
rubric_version. An empty score is missing. Other columns are ignored.

  --level nominal|ordinal|interval|ratio   distance between levels for alpha (ordinal)
  --levels 1,2,3,4     the rubric's levels (default: every whole number from the lowest to the highest score in the file)
  --weights W          for AC2, the kappas and Brennan-Prediger: ${WEIGHTS.join(', ')}
                       (default: quadratic for AC2, identity for the others)
  --raters fixed|random   intervals of AC1, AC2, the kappas of several raters and Brennan-Prediger: for these raters (fixed), or
                       with these as a sample of all there could be (random)
  --boot B             bootstrap draws (2000)
  --seed S             seed of the bootstrap (1)
  --by COLUMN          also for each value of this column
  --json               one JSON object instead of a table
`

/** Fewer draws have no 2.5 % quantile. */
const FEWEST_DRAWS = 39
const MOST_DRAWS = 1_000_000

/**
 * Reads the command line; null when help is wanted.
 *
 * @throws BadUsage
 */
export function agreementRequest(argv: readonly string[]): AgreementRequest | null {
  const { values, positionals } = parsed(argv)
  if (values.help === true) return null
  const [file, ...more] = positionals
  if (file === undefined) throw new BadUsage('which FILE?')
  if (more.length > 0) throw new BadUsage(`one FILE at a time, not also ${more.join(', ')}`)
  return {
    file,
    level: oneOf('--level', METRICS, values.level ?? 'ordinal'),
    levels: values.levels === undefined ? null : levelsFrom(values.levels),
    weights: values.weights === undefined ? null : oneOf('--weights', WEIGHTS, values.weights),
    raters: oneOf('--raters', RATERS, values.raters ?? 'fixed'),
    boot: wholeNumber('--boot', values.boot ?? '2000', FEWEST_DRAWS, MOST_DRAWS),
    seed: wholeNumber('--seed', values.seed ?? '1', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    by: values.by ?? null,
    json: values.json ?? false,
  }
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        level: { type: 'string' },
        levels: { type: 'string' },
        weights: { type: 'string' },
        raters: { type: 'string' },
        boot: { type: 'string' },
        seed: { type: 'string' },
        by: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new BadUsage(error instanceof Error ? error.message : String(error))
  }
}

function oneOf<T extends string>(option: string, known: readonly T[], value: string): T {
  const found = known.find((name) => name === value)
  if (found === undefined) throw new BadUsage(`${option} is one of ${known.join(', ')}, not "${value}"`)
  return found
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value) || value < least || value > most)
    throw new BadUsage(`${option} is a whole number from ${least} to ${most}, not "${text}"`)
  return value
}

function levelsFrom(text: string): readonly number[] {
  const levels = text.split(',').map((part) => (/^\s*-?\d+\s*$/.test(part) ? Number(part) : Number.NaN))
  try {
    return checkLevels(levels)
  } catch (error) {
    throw new BadUsage(`--levels ${text}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

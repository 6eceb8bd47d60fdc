import { parseArgs } from 'node:util'
import type { Method, Model } from '#app/stats/calibration/taking-part.ts'
import { BadUsage } from './agreement-options.ts'

/** What was asked for on the command line. */
export interface CalibrateRequest {
  readonly file: string
  readonly model: Model
  readonly method: Method
  /** Ratings under this rubric version only; null: all, which must then be under one. */
  readonly version: string | null
  readonly json: boolean
}

const MODELS = ['partial-credit', 'rating-scale'] as const
const METHODS = ['mml', 'jml'] as const

export const USAGE = `usage: npm run -s assay -- calibrate FILE [options]

Severity of raters, fair scores of items and fit by the many-facet Rasch model. FILE is CSV or JSON Lines (by its
extension), one rating a line: item, rater, score and, where present, dimension and rubric_version. An empty score is
missing. Other columns are ignored.

  --model partial-credit|rating-scale   thresholds of each dimension, or shared by all (partial-credit)
  --method mml|jml                      marginal or joint maximum likelihood (mml)
  --rubric-version V                    ratings under this rubric version only
  --json                                one JSON object instead of a table
`

/**
 * Reads the command line; null when help is wanted.
 *
 * @throws BadUsage
 */
export function calibrateRequest(argv: readonly string[]): CalibrateRequest | null {
  const { values, positionals } = parsed(argv)
  if (values.help === true) return null
  const [file, ...more] = positionals
  if (file === undefined) throw new BadUsage('which FILE?')
  if (more.length > 0) throw new BadUsage(`one FILE at a time, not also ${more.join(', ')}`)
  return {
    file,
    model: oneOf('--model', MODELS, values.model ?? 'partial-credit'),
    method: oneOf('--method', METHODS, values.method ?? 'mml'),
    version: values['rubric-version'] ?? null,
    json: values.json ?? false,
  }
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        model: { type: 'string' },
        method: { type: 'string' },
        'rubric-version': { type: 'string' },
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

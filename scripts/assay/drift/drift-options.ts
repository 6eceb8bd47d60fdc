import { parseArgs } from 'node:util'
import { checkLevels } from '#app/stats/agreement/levels.ts'
import { BadUsage } from '../agreement-options.ts'

/** What was asked for on the command line. */
export interface DriftRequest {
  readonly file: string
  readonly levels: readonly number[] | null
  readonly baseline: string | null
  /** Periods whose means are compared; null: the first and the last. */
  readonly from: string | null
  readonly to: string | null
  /** False alarms a period over all dimensions. */
  readonly rate: number
  readonly window: number
  readonly margin: number
  readonly boot: number
  readonly seed: number
  readonly json: boolean
}

export const USAGE = `usage: npm run -s assay -- drift FILE [options]

What changed from one period to the next, and why. FILE is CSV or JSON Lines (by its extension), one rating a line: item,
rater, score, period and, where present, dimension, rubric_version, segment and kind (anchor, live, bridge, or live-anchor
for a live rating of an anchor). An empty score is missing. Other columns are ignored. Without kind, an item rated in
several periods is an anchor, one rated under two versions within a period a bridge.

  --baseline PERIOD    the period that the others are compared with (the first); earlier ones are left out
  --from P  --to Q     split the change of the mean between these periods (the baseline and the last)
  --levels 1,2,3,4     the rubric's levels (default: every whole number from the lowest to the highest score in the file)
  --false-alarms R     false alarms in 100 periods over all dimensions, of the panel and of all raters each (1)
  --window W           periods within which a change is to be found (2)
  --margin M           points of shift between versions that do not matter (0.15)
  --boot B             draws for the intervals of the split (200)
  --seed S             seed of all simulation (1)
  --json               one JSON object instead of a report
`

/**
 * Reads the command line; null when help is wanted.
 *
 * @throws BadUsage
 */
export function driftRequest(argv: readonly string[]): DriftRequest | null {
  const { values, positionals } = parsed(argv)
  if (values.help === true) return null
  const [file, ...more] = positionals
  if (file === undefined) throw new BadUsage('which FILE?')
  if (more.length > 0) throw new BadUsage(`one FILE at a time, not also ${more.join(', ')}`)
  return {
    file,
    levels: values.levels === undefined ? null : levelsFrom(values.levels),
    baseline: values.baseline ?? null,
    from: values.from ?? null,
    to: values.to ?? null,
    rate: numberFrom('--false-alarms', values['false-alarms'] ?? '1', 0.01, 50) / 100,
    window: wholeFrom('--window', values.window ?? '2', 1, 20),
    margin: numberFrom('--margin', values.margin ?? '0.15', 0.001, 100),
    boot: wholeFrom('--boot', values.boot ?? '200', 20, 100_000),
    seed: wholeFrom('--seed', values.seed ?? '1', 0, Number.MAX_SAFE_INTEGER),
    json: values.json ?? false,
  }
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        baseline: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
        levels: { type: 'string' },
        'false-alarms': { type: 'string' },
        window: { type: 'string' },
        margin: { type: 'string' },
        boot: { type: 'string' },
        seed: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new BadUsage(error instanceof Error ? error.message : String(error))
  }
}

/** @throws BadUsage when the text is no number of the range */
export function numberFrom(option: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (!/^-?\d*\.?\d+$/.test(text) || value < least || value > most)
    throw new BadUsage(`${option} is a number from ${least} to ${most}, not "${text}"`)
  return value
}

/** @throws BadUsage when the text is no whole number of the range */
export function wholeFrom(option: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value) || value < least || value > most)
    throw new BadUsage(`${option} is a whole number from ${least} to ${most}, not "${text}"`)
  return value
}

/** @throws BadUsage when the text is no list of consecutive whole numbers */
export function levelsFrom(text: string): readonly number[] {
  const levels = text.split(',').map((part) => (/^\s*-?\d+\s*$/.test(part) ? Number(part) : Number.NaN))
  try {
    return checkLevels(levels)
  } catch (error) {
    throw new BadUsage(`--levels ${text}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

import { parseArgs } from 'node:util'
import { METRICS, type Metric } from '#app/stats/agreement/metric.ts'
import { BadUsage } from '../agreement-options.ts'
import { levelsFrom, numberFrom, wholeFrom } from '../drift/drift-options.ts'

/** Items x raters for a wanted interval of alpha. */
export interface AgreementPlanRequest {
  readonly what: 'agreement'
  /** Pilot ratings; null: alpha and shares are given. */
  readonly file: string | null
  readonly alpha: number | null
  readonly shares: readonly number[] | null
  readonly levels: readonly number[] | null
  readonly metric: Metric
  readonly width: number
  readonly raters: readonly number[]
  readonly seed: number
  readonly json: boolean
}

/** Anchors a period for a wanted chance of finding drift, or the chance that a number of them has. */
export interface DriftPlanRequest {
  readonly what: 'drift'
  /** Pilot ratings of one period; null: the usual figures, or those given. */
  readonly file: string | null
  readonly levels: readonly number[] | null
  readonly shift: number
  readonly power: number
  /** Fixed number of anchor ratings a period; null: to be found. */
  readonly ratings: number | null
  readonly within: number
  readonly rate: number
  readonly dimensions: number
  readonly baselineRatings: number
  readonly raters: number | null
  readonly noise: number | null
  readonly spread: number | null
  readonly seed: number
  readonly json: boolean
}

export const USAGE = `usage: npm run -s assay -- plan agreement [PILOT] [options]
       npm run -s assay -- plan drift [PILOT] [options]

agreement: how many items, rated by how many raters each, give alpha an interval of a wanted width; by simulation.
PILOT is a file of ratings as for the agreement command; without one give --alpha and --shares.
  --width W            wanted width of the whole 95 % interval (0.1)
  --raters 2,3,4,5     raters an item to compare
  --alpha A            alpha to expect
  --shares 10,30,40,20 how often each level is used, lowest first
  --level nominal|ordinal|interval|ratio   distance between levels (ordinal)

drift: how many anchor ratings a period find a drift of the panel in time; by simulation.
PILOT is a file of ratings of one period, to read the noise from; without one the usual figures of four levels stand in.
  --shift D            drift to find, in score points (0.25)
  --power P            chance to find it (0.8)
  --ratings N          instead: the chance that N anchor ratings a period have
  --within W           periods within which it is to be found (2)
  --false-alarms R     false alarms in 100 periods over all dimensions (1)
  --dimensions D       dimensions watched together (1)
  --baseline-ratings K ratings of each anchor in the baseline (3)
  --rater-count R      raters of the panel (10)
  --noise S            standard deviation of a rating about its item and rater (0.65)
  --spread S           standard deviation of the anchors' own levels (0.6)

both: --levels 1,2,3,4 (of the pilot), --seed S, --json
`

/**
 * Reads the command line; null when help is wanted.
 *
 * @throws BadUsage
 */
export function planRequest(argv: readonly string[]): AgreementPlanRequest | DriftPlanRequest | null {
  const { values, positionals } = parsed(argv)
  const [what, file = null, ...more] = positionals
  if (values.help === true) return null
  if (what !== 'agreement' && what !== 'drift') throw new BadUsage('plan what? agreement or drift')
  if (more.length > 0) throw new BadUsage(`one PILOT at a time, not also ${more.join(', ')}`)
  const [other, foreign] = what === 'drift' ? (['agreement', OF_AGREEMENT] as const) : (['drift', OF_DRIFT] as const)
  const strayed = foreign.find((name) => values[name] !== undefined)
  if (strayed !== undefined) throw new BadUsage(`--${strayed} is for plan ${other}, not for plan ${what}`)
  const both = {
    file,
    levels: values.levels === undefined ? null : levelsFrom(values.levels),
    seed: wholeFrom('--seed', values.seed ?? '1', 0, Number.MAX_SAFE_INTEGER),
    json: values.json ?? false,
  }
  const number = (name: NumberOption, least: number, most: number) => {
    const text = values[name]
    return text === undefined ? null : numberFrom(`--${name}`, text, least, most)
  }
  if (what === 'agreement') {
    const request: AgreementPlanRequest = {
      what,
      ...both,
      alpha: number('alpha', 0, 0.999),
      shares: values.shares === undefined ? null : sharesFrom(values.shares),
      metric: metricFrom(values.level ?? 'ordinal'),
      width: number('width', 0.001, 2) ?? 0.1,
      raters: (values.raters ?? '2,3,4,5').split(',').map((text) => wholeFrom('--raters', text.trim(), 2, 50)),
    }
    if (file === null && (request.alpha === null || request.shares === null))
      throw new BadUsage('without a PILOT both --alpha and --shares are needed')
    return request
  }
  return {
    what,
    ...both,
    shift: number('shift', 0.001, 10) ?? 0.25,
    power: number('power', 0.01, 0.999) ?? 0.8,
    ratings: values.ratings === undefined ? null : wholeFrom('--ratings', values.ratings, 2, 100_000),
    within: wholeFrom('--within', values.within ?? '2', 1, 20),
    rate: (number('false-alarms', 0.01, 50) ?? 1) / 100,
    dimensions: wholeFrom('--dimensions', values.dimensions ?? '1', 1, 50),
    baselineRatings: wholeFrom('--baseline-ratings', values['baseline-ratings'] ?? '3', 1, 100),
    raters: values['rater-count'] === undefined ? null : wholeFrom('--rater-count', values['rater-count'], 1, 10_000),
    noise: number('noise', 0.01, 10),
    spread: number('spread', 0.01, 10),
  }
}

const OF_AGREEMENT = ['width', 'raters', 'alpha', 'shares', 'level'] as const
const OF_DRIFT = [
  'shift',
  'power',
  'ratings',
  'within',
  'false-alarms',
  'dimensions',
  'baseline-ratings',
  'rater-count',
  'noise',
  'spread',
] as const

type NumberOption = 'alpha' | 'width' | 'shift' | 'power' | 'false-alarms' | 'noise' | 'spread'

function parsed(argv: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        width: text,
        raters: text,
        alpha: text,
        shares: text,
        level: text,
        shift: text,
        power: text,
        ratings: text,
        within: text,
        'false-alarms': text,
        dimensions: text,
        'baseline-ratings': text,
        'rater-count': text,
        noise: text,
        spread: text,
        levels: text,
        seed: text,
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new BadUsage(error instanceof Error ? error.message : String(error))
  }
}

function sharesFrom(text: string): number[] {
  const shares = text.split(',').map((part) => numberFrom('--shares', part.trim(), 0, 1e9))
  if (shares.filter((share) => share > 0).length < 2) throw new BadUsage('--shares needs two levels that are used')
  return shares
}

function metricFrom(text: string): Metric {
  const found = METRICS.find((metric) => metric === text)
  if (found === undefined) throw new BadUsage(`--level is one of ${METRICS.join(', ')}, not "${text}"`)
  return found
}

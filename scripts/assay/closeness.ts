import { parseArgs } from 'node:util'
import { calibrateCloseness } from '#app/evaluation/closeness/calibration.ts'
import { embedder } from '#app/evaluation/closeness/embed.server.ts'
import { type ClosenessFigures, closenessFigures } from '#app/evaluation/closeness/figures.ts'
import type { Measure } from '#app/evaluation/closeness/pairs.ts'
import { scoreCloseness } from '#app/evaluation/closeness/score.ts'
import { MEASURE_NAMES, worthInWords } from '#app/evaluation/closeness/words.ts'
import { percent } from '#app/evaluation/figure.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { OUTCOMES } from '#app/stats/closeness/outcome.ts'
import type { Store } from '#db/store.server.ts'
import type { Output } from '../assay.ts'
import { commandLineScope } from './command-line-scope.ts'
import { withDatabase } from './database.ts'

const USAGE = `usage: npm run -s assay -- closeness --project SLUG [--measure chrf|token-f1|embedding] [--calibrate] [--json]

Scores what is not scored yet, then says how close the responses of each system version come to the references of active
cases, by segment, and how well that agrees with experts. --calibrate first chooses the thresholds anew from experts' own
answers. Text of sealed cases has no part in it. docs/methods/closeness.md says how it is done.

Exit status: 0 done; 1 refused, such as too few answers to calibrate from; 2 the command line is wrong.
`

const MEASURES: readonly Measure[] = ['chrf', 'token-f1', 'embedding']

type Request = { project: string; measure: Measure; calibrate: boolean; json: boolean }

function requestIn(argv: string[]): Request | 'help' | { wrong: string } {
  try {
    const { values } = parseArgs({
      args: argv,
      options: {
        project: { type: 'string' },
        measure: { type: 'string', default: 'chrf' },
        calibrate: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help || argv.length === 0) return 'help'
    const measure = MEASURES.find((one) => one === values.measure)
    if (!values.project) return { wrong: 'Say which project: --project SLUG.' }
    if (!measure) return { wrong: `--measure is ${MEASURES.join(', ')}, not "${values.measure}".` }
    return { project: values.project, measure, calibrate: values.calibrate, json: values.json }
  } catch (error) {
    return { wrong: (error as Error).message }
  }
}

/** `assay closeness` on the database of DATABASE_URL. Returns the exit status. */
export async function runCloseness(argv: string[], io: Output): Promise<number> {
  const request = requestIn(argv)
  if (request === 'help') {
    io.stdout(USAGE)
    return 0
  }
  if ('wrong' in request) {
    io.stderr(`${request.wrong}\n\n${USAGE}`)
    return 2
  }
  return withDatabase(io, (store) => closenessIn(store, request, io))
}

/** Does what was asked for on an open database. */
export async function closenessIn(store: Store, request: Request, io: Output): Promise<number> {
  try {
    const scope = await commandLineScope(store, request.project)
    const { embeddingFailed } = await scoreCloseness(store, scope.project.id, embedder())
    if (embeddingFailed) io.stderr(`The embedding service failed, and the lexical measures stay: ${embeddingFailed}\n`)
    if (request.calibrate) await calibrateCloseness(store, scope, request.measure)
    const figures = await closenessFigures(store, scope, request.measure)
    io.stdout(request.json ? `${JSON.stringify({ outcomes: OUTCOMES, ...figures }, null, 2)}\n` : inText(figures))
    return 0
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    io.stderr(`${error.message}\n`)
    return error.kind === 'conflict' ? 1 : 2
  }
}

function inText(figures: ClosenessFigures): string {
  const { measure, rows, systems, agreement, withoutOutcome } = figures
  const width = Math.max(14, ...systems.map((name) => name.length), ...rows.map((row) => segmentOf(row).length + 2))
  const line = (name: string, counts: readonly number[]) => {
    const all = counts.reduce((sum, n) => sum + n, 0)
    const shares = counts.map((n) => percent(all === 0 ? 0 : n / all).padStart(19))
    return `${name.padEnd(width)}${shares.join('')}${String(all).padStart(11)}`
  }
  const table = systems.flatMap((system) => {
    const own = rows.filter((row) => row.system === system)
    if (own.length === 0) return []
    const sum = OUTCOMES.map((_, k) => own.reduce((total, { counts }) => total + (counts[k] ?? 0), 0))
    return [line(system, sum), ...own.map((row) => line(`  ${segmentOf(row)}`, row.counts))]
  })
  return [
    MEASURE_NAMES[measure],
    worthInWords(figures),
    '',
    `${'system version'.padEnd(width)}${OUTCOMES.map((name) => name.padStart(19)).join('')}${'responses'.padStart(11)}`,
    ...table,
    ...(withoutOutcome > 0
      ? ['', `${withoutOutcome} responses have references of one quality only, and no outcome.`]
      : []),
    ...(agreement
      ? ['', 'experts (rows) against outcomes', ...agreement.confusion.map((row, i) => line(OUTCOMES[i] ?? '', row))]
      : []),
    '',
  ].join('\n')
}

const segmentOf = ({ category, userSegment }: { category: string; userSegment: string }) =>
  `${category} · ${userSegment}`

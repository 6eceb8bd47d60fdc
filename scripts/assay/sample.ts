import { parseArgs } from 'node:util'
import { newId, randomInt } from '#app/ambient.ts'
import { readPoolSettings } from '#app/evaluation/pools/settings.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { doSampling, type SamplingDone } from '#app/evaluation/sampling/do.ts'
import { planSampling, type StampedPlan } from '#app/evaluation/sampling/plan.ts'
import type { SamplingAsked } from '#app/evaluation/sampling/planned.ts'
import { planFinding, planRemarks } from '#app/evaluation/sampling/words.ts'
import { wipeAfterSealing } from '#app/evaluation/seal/wipe.ts'
import type { Store } from '#db/store.server.ts'
import type { Output } from '../assay.ts'
import { commandLineScope } from './command-line-scope.ts'
import { withDatabase } from './database.ts'

const USAGE = `usage: npm run -s assay -- sample --project SLUG --size N [--floor .15] [--holdout .3] [--seed S] [--do] [--json]

Plans a sampling of the traces that wait: how many cases each category and user segment gets, with a floor for every category,
and how many of those are sealed. Nothing is changed without --do. docs/methods/sampling.md has the formulas.

--size N      how many cases are to enter the eval set
--floor F     the least share of them every category gets, 0 to 0.5 (default: the project's)
--holdout H   the share of each segment that is sealed, 0 to 1 (default: the project's)
--seed S      decides which traces are drawn: the same seed and traces give the same cases (default: one at random, printed)
--do          does it
--json        one object to standard output

Exit status: 0 done, 1 refused, 2 the command line is wrong.
`

type Request = {
  project: string
  size: number
  floor: number | undefined
  holdout: number | undefined
  seed: number | undefined
  act: boolean
  json: boolean
}

const SEEDS = 1_000_000

function requestIn(argv: string[]): Request | 'help' | string {
  try {
    const { values } = parseArgs({
      args: argv,
      options: {
        project: { type: 'string' },
        size: { type: 'string' },
        floor: { type: 'string' },
        holdout: { type: 'string' },
        seed: { type: 'string' },
        do: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help) return 'help'
    if (!values.project) return 'Say which project: --project SLUG.'
    if (values.size === undefined) return 'Say how many cases: --size N.'
    const number = (text: string | undefined) => (text === undefined ? undefined : Number(text))
    return {
      project: values.project,
      size: Number(values.size),
      floor: number(values.floor),
      holdout: number(values.holdout),
      seed: number(values.seed),
      act: values.do,
      json: values.json,
    }
  } catch (error) {
    return (error as Error).message
  }
}

/** Plans a sampling, does it where that is asked for, and prints it. */
export async function sampleIn(store: Store, request: Request, io: Output): Promise<number> {
  const scope = await commandLineScope(store, request.project)
  const settings = await readPoolSettings(store.read, scope.project.id)
  const asked: SamplingAsked = {
    size: request.size,
    floorShare: request.floor ?? settings.floorShare,
    holdoutShare: request.holdout ?? settings.holdoutShare,
    seed: request.seed ?? randomInt(SEEDS),
  }
  const plan = await planSampling(store.read, scope, asked)
  let done: SamplingDone | null = null
  if (request.act) {
    done = await store.write((tx) => doSampling(tx, scope, { id: newId(), asked, stamp: plan.stamp }))
    if (done.holdout > 0) await wipeAfterSealing(store)
  }
  if (request.json) {
    const { stamp: _, ...shown } = plan
    io.stdout(`${JSON.stringify({ project: request.project, sampling: done?.samplingId ?? null, ...shown })}\n`)
  } else for (const line of reportOf(plan, done)) io.stdout(`${line}\n`)
  return 0
}

const COLUMNS = ['traffic', 'waiting', 'cases', 'active', 'holdout', 'each stands for']

function reportOf(plan: StampedPlan, done: SamplingDone | null): string[] {
  const names = plan.segments.map(({ category, userSegment }) => `${category} · ${userSegment}`)
  const wide = Math.max(7, ...names.map((name) => name.length))
  const row = (name: string, cells: readonly (string | number)[]) =>
    [name.padEnd(wide), ...cells.map((cell, i) => String(cell).padStart((COLUMNS[i] ?? '').length))].join('  ')
  return [
    row('segment', COLUMNS),
    ...plan.segments.map(({ traffic, waiting, drawn, active, holdout, weight }, i) =>
      row(names[i] ?? '', [traffic, waiting, drawn, active, holdout, weight === null ? '-' : weight.toFixed(1)]),
    ),
    '',
    planFinding(plan),
    ...planRemarks(plan),
    `Seed ${plan.asked.seed}.${done === null ? ' Nothing was changed; --do does it.' : ' Done.'}`,
  ]
}

/** `assay sample`: plans or does a sampling of a project's traces. Returns the exit status. */
export async function runSample(argv: string[], io: Output): Promise<number> {
  const request = requestIn(argv)
  if (request === 'help') {
    io.stdout(USAGE)
    return 0
  }
  if (typeof request === 'string') {
    io.stderr(`${request}\n\n${USAGE}`)
    return 2
  }
  return withDatabase(io, async (store) => {
    try {
      return await sampleIn(store, request, io)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      io.stderr(
        `${[error.message, ...Object.entries(error.fields).map(([name, what]) => `${name}: ${what}`)].join('\n')}\n`,
      )
      return 1
    }
  })
}

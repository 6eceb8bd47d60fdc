import { parseArgs } from 'node:util'
import { Problem } from '#app/evaluation/problem.ts'
import { previewRotation, type StampedRotation } from '#app/evaluation/rotation/preview.ts'
import { rotatePools } from '#app/evaluation/rotation/rotate.ts'
import { undoRotation } from '#app/evaluation/rotation/undo.ts'
import type { Store } from '#db/store.server.ts'
import type { Output } from '../assay.ts'
import { commandLineScope } from './command-line-scope.ts'
import { withDatabase } from './database.ts'

const USAGE = `usage: npm run -s assay -- rotate --project SLUG [--do [--seed N]] [--undo ROTATION] [--json]

Says what a rotation would do now: which sealed cases graduate, which active ones retire, how much new traffic enters the holdout.
Nothing is changed without --do. What graduates stays sealed for a day, in which the rotation can be undone.

--do               does it
--seed N           decides which traces enter: the same seed and traces give the same cases
--undo ROTATION    takes a rotation of the last day back, if nothing of it was read
--json             one object to standard output
`

type Request = { project: string; act: boolean; seed: number | undefined; undo: string | undefined; json: boolean }

function requestIn(argv: string[]): Request | 'help' | string {
  try {
    const { values } = parseArgs({
      args: argv,
      options: {
        project: { type: 'string' },
        do: { type: 'boolean', default: false },
        seed: { type: 'string' },
        undo: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help) return 'help'
    if (!values.project) return 'Say which project: --project SLUG.'
    if (values.do && values.undo !== undefined) return 'Use --do or --undo, not both.'
    const seed = values.seed === undefined ? undefined : Number(values.seed)
    if (seed !== undefined && !(Number.isInteger(seed) && seed >= 0)) return 'Write --seed as a whole number from 0.'
    return { project: values.project, act: values.do, seed, undo: values.undo, json: values.json }
  } catch (error) {
    return (error as Error).message
  }
}

/** Plans, does or undoes a rotation and prints it. */
export async function rotateIn(store: Store, { project, act, seed, undo, json }: Request, io: Output): Promise<number> {
  const scope = await commandLineScope(store, project)
  if (undo !== undefined) {
    await undoRotation(store, scope, undo)
    io.stdout(json ? `${JSON.stringify({ project, undone: undo })}\n` : `The rotation ${undo} is undone.\n`)
    return 0
  }
  const plan = await previewRotation(store.read, scope)
  const asked = { stamp: plan.stamp, ...(seed === undefined ? {} : { seed }) }
  const rotation = act ? await rotatePools(store, scope, asked) : null
  if (json) io.stdout(`${JSON.stringify({ project, rotation, ...plan })}\n`)
  else for (const line of reportOf(plan, rotation)) io.stdout(`${line}\n`)
  return 0
}

const COLUMNS = ['active', 'holdout', 'graduate', 'retire', 'enter', 'short', 'active after', 'holdout after']

function reportOf({ segments, graduating, retiring, early }: StampedRotation, rotation: string | null): string[] {
  const names = segments.map(({ category, userSegment }) => `${category} · ${userSegment}`)
  const wide = Math.max(7, ...names.map((name) => name.length))
  const row = (name: string, cells: readonly (string | number)[]) =>
    [name.padEnd(wide), ...cells.map((cell, i) => String(cell).padStart((COLUMNS[i] ?? '').length))].join('  ')
  const lines = segments.map((one, i) =>
    row(names[i] ?? '', [
      one.before.active,
      one.before.holdout,
      one.graduating,
      one.retiring + one.burnt,
      one.entering,
      one.short,
      one.after.active,
      one.after.holdout,
    ]),
  )
  const entering = segments.reduce((sum, one) => sum + one.entering, 0)
  const counts = `${graduating.length} graduate, ${retiring.length} retire, ${entering} enter the holdout.`
  return [
    row('segment', COLUMNS),
    ...lines,
    '',
    rotation === null ? `A rotation now: ${counts} Nothing was changed; --do does it.` : `Rotated: ${counts}`,
    ...(early > 0 ? [`${early} of those that graduate were to stay sealed for longer.`] : []),
    ...(rotation === null ? [] : [`It can be undone for a day: --undo ${rotation}`]),
  ]
}

/** `assay rotate`: plans or does a rotation of a project. Returns the exit status. */
export async function runRotate(argv: string[], io: Output): Promise<number> {
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
      return await rotateIn(store, request, io)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      io.stderr(`${error.message}\n`)
      return 1
    }
  })
}

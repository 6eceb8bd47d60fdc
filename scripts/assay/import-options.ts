import { parseArgs } from 'node:util'
import { IMPORT_KINDS, type ImportKind } from '#app/evaluation/imports/kinds.ts'
import { type ImportOptions, importOptions } from '#app/evaluation/imports/options.ts'

/** A command line that cannot be understood; the message says why. */
export class BadUsage extends Error {}

export type ImportRequest = {
  what: ImportKind | 'rubric' | 'folder'
  path: string
  project: string | undefined
  newProject: string | undefined
  owner: string | undefined
  options: ImportOptions
  /** Of a folder: its file of ratings, and the kinds of lines that count. */
  ratings: string | undefined
  kinds: string[] | undefined
  /** Of traces: the file of names to mask, and whether only to show what would be stored. */
  names: string | undefined
  preview: boolean
}

export const USAGE = `usage: npm run -s assay -- import WHAT FILE --project SLUG [options]

WHAT
  cases FILE         key, input, category, user_segment, documents, metadata
  responses FILE     case, system_version, text, metadata
  references FILE    case, quality (high or borderline), text, author
  ratings FILE       case, system_version, rater, dimension, score, note, time, round, cannot_judge
  traces FILE        production traffic: our own schema, or an export (see --format)
  rubric FILE        one JSON object: a rubric and its dimensions with their levels
  folder DIR         published ratings: items.jsonl, documents.jsonl, ratings.csv

FILE is JSONL or CSV in UTF-8 (docs/import.md). All of it is stored or nothing; the same file twice changes nothing.

  --project SLUG         the project to import into (the SLUG of its address, /p/SLUG)
  --new-project NAME     make the project first; --project is then its address, made from NAME where left out
  --owner EMAIL          who owns the new project (an account here; the first admin where left out)

  --category NAME        for cases that name none          --segment NAME   the same for user segments
  --add-segments         add new categories and user segments to the project instead of refusing them
  --system NAME          the system version of records that name none

  --round NAME           the closed round that ratings go to (the file's name where left out)
  --rubric KEY[@N]       the rubric, and the number of the version, that ratings were made under
  --rubric-from-data KEY make that rubric from the dimensions and scores found
  --levels FROM..TO      the scale of a rubric made from the data, such as 1..6

  --format FORMAT        of traces: assay, langfuse, langsmith, otel, openai or evals (told by the file where left out)
  --redact KINDS         of traces: mask email, phone, card (with commas between) before anything is stored
  --names FILE           of traces: mask the names in it too, one a line
  --preview              of traces: show what fields become, what would be masked and the first traces; store nothing

  --ratings FILE         of a folder: its file of ratings (ratings.csv where left out)
  --kind KIND            of a folder: only lines of this kind are ratings; may be given more than once

Exit status: 0 stored (or nothing new), 1 the database or disk would not, 2 the file or the command line is wrong.
`

/** Reads the command line; null when help was asked for. Throws BadUsage. */
export function importRequest(argv: readonly string[]): ImportRequest | null {
  const { values, positionals } = parsed(argv)
  if (values.help || argv.length === 0) return null
  const [what, path, ...rest] = positionals
  if (!isKnown(what))
    throw new BadUsage(`import ${what ?? ''}: WHAT is ${[...IMPORT_KINDS, 'rubric', 'folder'].join(', ')}`)
  if (path === undefined) throw new BadUsage(`import ${what}: give the ${what === 'folder' ? 'folder' : 'file'}`)
  if (rest.length > 0) throw new BadUsage(`import ${what}: one at a time, so what is "${rest.join(' ')}"?`)
  if (values.preview && what !== 'traces') throw new BadUsage('--preview is for traces')
  if (values.project === undefined && values['new-project'] === undefined && !values.preview) {
    throw new BadUsage(`import ${what}: say into which project (--project SLUG)`)
  }
  return {
    what,
    path,
    project: values.project,
    newProject: values['new-project'],
    owner: values.owner,
    options: optionsIn(values),
    ratings: values.ratings,
    kinds: values.kind,
    names: values.names,
    preview: values.preview ?? false,
  }
}

function parsed(argv: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        project: text,
        'new-project': text,
        owner: text,
        category: text,
        segment: text,
        'add-segments': { type: 'boolean' },
        'add-categories': { type: 'boolean' },
        system: text,
        round: text,
        rubric: text,
        'rubric-from-data': text,
        levels: text,
        ratings: text,
        kind: { type: 'string', multiple: true },
        format: text,
        redact: text,
        names: text,
        preview: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new BadUsage((error as Error).message)
  }
}

const isKnown = (what: string | undefined): what is ImportRequest['what'] =>
  what === 'rubric' || what === 'folder' || IMPORT_KINDS.some((kind) => kind === what)

function optionsIn(values: ReturnType<typeof parsed>['values']): ImportOptions {
  const given = {
    category: values.category,
    userSegment: values.segment,
    systemVersion: values.system,
    round: values.round,
    rubric: values.rubric === undefined ? undefined : rubricIn(values.rubric),
    rubricFromData: values['rubric-from-data'],
    levels: values.levels === undefined ? undefined : levelsIn(values.levels),
    addSegments: values['add-segments'] || values['add-categories'] || undefined,
    traceFormat: values.format,
    redact: redactionsIn(values.redact, values.names !== undefined),
  }
  const read = importOptions
    .partial()
    .safeParse(Object.fromEntries(Object.entries(given).filter(([, one]) => one !== undefined)))
  if (read.success) return read.data
  throw new BadUsage(read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'))
}

function redactionsIn(given: string | undefined, names: boolean): string[] | undefined {
  const kinds = (given ?? '').split(',').map((kind) => kind.trim())
  const all = [...kinds.filter((kind) => kind !== ''), ...(names ? ['names'] : [])]
  if (kinds.includes('names') && !names) throw new BadUsage('--redact names: give the list of them (--names FILE)')
  return all.length === 0 ? undefined : [...new Set(all)]
}

function rubricIn(given: string): { key: string; version?: number } {
  const [, key = '', version] = /^([^@]+)(?:@(\d+))?$/.exec(given) ?? []
  if (key === '') throw new BadUsage(`--rubric is KEY or KEY@NUMBER, not "${given}"`)
  return version === undefined ? { key } : { key, version: Number(version) }
}

function levelsIn(given: string): { from: number; to: number } {
  const [, from, to] = /^(-?\d+)(?:\.\.|-)(-?\d+)$/.exec(given) ?? []
  if (from === undefined || to === undefined) throw new BadUsage(`--levels is FROM..TO, such as 1..4, not "${given}"`)
  return { from: Number(from), to: Number(to) }
}

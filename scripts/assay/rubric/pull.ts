import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Scope } from '#app/auth/permissions.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { fileHash } from '#app/evaluation/rubrics/files/content.ts'
import { isEdited, type PulledFile, pullFiles } from '#app/evaluation/rubrics/files/pull.ts'
import { conflict, PushRefused, type Refusal, unified } from '#app/evaluation/rubrics/files/refusal.ts'
import { writeRubricVersion } from '#app/formats/write-rubric-version.ts'
import type { Store } from '#db/store.server.ts'
import type { RubricRequest } from '../rubric.ts'
import { type Found, filesIn } from './folder.ts'

/** Writes the project's rubrics into the folder, and says what it did. A draft's file with changes of its own is not lost. */
export async function pullInto(
  store: Store,
  scope: Scope,
  { folder, rubric, force }: Pick<RubricRequest, 'folder' | 'rubric' | 'force'>,
): Promise<string> {
  const pulled = await pullFiles(store, scope, rubric)
  if (pulled.length === 0) throw new Problem('missing', nothingHere(scope, rubric))
  const there = new Map(filesIn(folder, rubric).map((found) => [found.path, found]))
  const keys = new Set(pulled.map(({ path }) => path.split('/')[0]))
  const leftOver = [...there.values()].filter(
    ({ path }) =>
      path.endsWith('/draft.yaml') && keys.has(path.split('/')[0]) && !pulled.some((one) => one.path === path),
  )
  const refusals = force
    ? []
    : [...pulled.flatMap((one) => lostBy(one, there.get(one.path))), ...leftOver.flatMap(lost)]
  if (refusals.length > 0) throw new PushRefused(refusals)
  const said: string[] = []
  for (const { path, file } of pulled) {
    const found = there.get(path)
    // What says the same stays as it is laid out, with its comments.
    if (found?.read && isDeepStrictEqual(found.read.file, file)) continue
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), writeRubricVersion(file))
    said.push(`${path}: written\n`)
  }
  for (const { path } of leftOver) {
    rmSync(join(folder, path))
    said.push(`${path}: removed, there is no draft any more\n`)
  }
  const same = pulled.length + leftOver.length - said.length
  return [...said, `${pulled.length} files, ${same} of them unchanged.\n`].join('')
}

const nothingHere = ({ project }: Scope, rubric: string | undefined): string =>
  rubric === undefined ? `${project.name} has no rubric yet.` : `${project.name} has no rubric "${rubric}".`

/** Why a draft's file cannot be written over: it holds what is nowhere else. */
function lostBy({ path, file }: PulledFile, found: Found | undefined): Refusal[] {
  if (!found || file.state !== 'draft') return []
  if (!found.read)
    return [conflict(path, 'It cannot be read, so what it holds would be lost. Mend or remove it, or use --force.')]
  if (!isEdited(found.read.file) || fileHash(found.read.file) === fileHash(file)) return []
  const reason =
    'It was edited since it was pulled, and that would be lost. Push it first, move it away, or use --force.'
  return [conflict(path, reason, unified(path, file, found.read.file))]
}

/** Why a draft's file without a draft here cannot be removed. */
function lost({ path, read }: Found): Refusal[] {
  if (read && !isEdited(read.file)) return []
  return [
    conflict(
      path,
      'There is no draft here any more, and the file holds changes of its own. Move it away, or use --force.',
    ),
  ]
}

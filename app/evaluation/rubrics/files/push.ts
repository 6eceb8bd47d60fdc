import { demand, type Scope } from '#app/auth/permissions.ts'
import { Problem } from '#app/evaluation/problem.ts'
import type { RubricVersionFile } from '#app/formats/rubric-version.ts'
import type { Database, Store } from '#db/store.server.ts'
import { startDraft } from '../draft.ts'
import { publishVersion } from '../publish.ts'
import { createRubric } from '../write.ts'
import { faultsOfFiles, type ReadFile } from './check.ts'
import { contentOfFile, fileHash, fileOfVersion } from './content.ts'
import { pushDraft } from './push-draft.ts'
import { type StoredRubric, storedRubrics } from './read.ts'
import { conflict, PushRefused, type Refusal, unified } from './refusal.ts'

/** What became of a file. `behind`: it was not touched since it was pulled, and what is here has moved on. */
export type Pushed = {
  path: string
  rubric: string
  version: number
  did: 'unchanged' | 'drafted' | 'saved' | 'published' | 'behind'
  /** What a draft's file is to say was pulled, from now on. */
  pulled: string | null
}

/** One push: where to, as whom, whether drafts are published, and the rubrics that were here when it began. */
export type Push = { tx: Database; scope: Scope; publish: boolean; known: ReadonlySet<string> }

/**
 * Brings the files of a folder into the project, all or none: a draft's file makes or changes the draft, and with `publish`
 * publishes it. Published versions that are here are only compared; those that are not are published in their order, with
 * `publish`. Rubrics that are not here are made.
 *
 * @throws PushRefused with every reason; Problem `forbidden`
 */
export async function pushFiles(
  store: Store,
  scope: Scope,
  files: readonly ReadFile[],
  { publish = false }: { publish?: boolean } = {},
): Promise<Pushed[]> {
  demand(scope, 'rubrics.write')
  const faults = faultsOfFiles(files)
  if (faults.length > 0) throw new PushRefused(faults)
  return store.write(async (tx) => {
    let stored = await storedRubrics(tx, scope)
    const push: Push = { tx, scope, publish, known: new Set(stored.keys()) }
    const refusals: Refusal[] = []
    const done: Pushed[] = []
    for (const { path, file } of inOrder(files)) {
      const here = stored.get(file.rubric) ?? null
      const result = await pushed(push, path, file, here).catch((error: unknown) => refusedBy(path, error))
      if ('did' in result) done.push(result)
      else refusals.push(result)
      // What was stored is what the next file meets.
      if ('did' in result && STORES.has(result.did)) stored = await storedRubrics(tx, scope)
    }
    if (refusals.length > 0) throw new PushRefused(refusals)
    return done
  })
}

const STORES: ReadonlySet<Pushed['did']> = new Set(['drafted', 'saved', 'published'])

/** Published versions by number, then the draft made from them. */
const inOrder = (files: readonly ReadFile[]): ReadFile[] =>
  [...files].sort(
    (a, b) =>
      a.file.rubric.localeCompare(b.file.rubric) ||
      Number(a.file.state === 'draft') - Number(b.file.state === 'draft') ||
      a.file.version - b.file.version,
  )

function refusedBy(path: string, error: unknown): Refusal {
  if (!(error instanceof Problem)) throw error
  const reasons = [error.message, ...Object.values(error.fields)]
  return conflict(path, [...new Set(reasons)].join(' '))
}

async function pushed(
  push: Push,
  path: string,
  file: RubricVersionFile,
  here: StoredRubric | null,
): Promise<Pushed | Refusal> {
  if (here && here.name !== file.name) {
    return conflict(path, `The rubric ${here.key} is called “${here.name}” here, and a rubric keeps its name.`)
  }
  return file.state === 'draft' ? pushDraft(push, path, file, here) : pushPublished(push, path, file, here)
}

async function pushPublished(
  push: Push,
  path: string,
  file: RubricVersionFile,
  here: StoredRubric | null,
): Promise<Pushed | Refusal> {
  const { rubric, version } = file
  const there = here?.versions.find(({ number }) => number === version)
  if (there?.state === 'draft') {
    const how = 'Rename the file to draft.yaml, make it a draft, and push it with --publish; or discard the draft here.'
    return conflict(path, `Version ${version} is a draft here. ${how}`, unified(path, fileOfVersion(there), file))
  }
  if (there) {
    // Whether it has been retired since is no content: the next pull says so.
    const asThere = { ...file, state: there.state, based_on: there.basedOn }
    if (fileHash(file) === fileHash(fileOfVersion(there))) {
      return { path, rubric, version, did: 'unchanged', pulled: null }
    }
    const reason = `Version ${version} is ${there.state}, and what was published never changes. Put such a change into draft.yaml.`
    return conflict(path, reason, unified(path, fileOfVersion(there), asThere))
  }
  if (!push.publish) {
    return conflict(path, `Version ${version} is not here yet, and the file says it is published: push with --publish.`)
  }
  const next = (here?.versions.at(-1)?.number ?? 0) + 1
  if (version !== next) return conflict(path, `The next version of ${rubric} here is ${next}, not ${version}.`)
  const content = contentOfFile(file)
  const changeNote = file.change_note
  const base = here?.versions.find(({ number }) => number === (file.based_on ?? version - 1))
  if (here && !base) return conflict(path, `It is based on version ${file.based_on}, which is not here.`)
  const made = base
    ? await startDraft(push.tx, push.scope, base.id, { content, changeNote })
    : await createRubric(push.tx, push.scope, { key: rubric, name: file.name, ...content, changeNote })
  await publishVersion(push.tx, push.scope, made.versionId)
  return { path, rubric, version, did: 'published', pulled: null }
}

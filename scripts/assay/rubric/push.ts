import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Scope } from '#app/auth/permissions.ts'
import { pullFiles } from '#app/evaluation/rubrics/files/pull.ts'
import { type Pushed, pushFiles } from '#app/evaluation/rubrics/files/push.ts'
import { withPulled } from '#app/formats/pulled-line.ts'
import { writeRubricVersion } from '#app/formats/write-rubric-version.ts'
import type { Store } from '#db/store.server.ts'
import type { RubricRequest } from '../rubric.ts'
import { filesToPush } from './folder.ts'

/**
 * Brings the folder's rubrics into the project, and says what it did. Afterwards a draft's file says that it was pulled as it
 * is now, and one that was published has become the file of its version.
 */
export async function pushFrom(
  store: Store,
  scope: Scope,
  { folder, rubric, publish }: Pick<RubricRequest, 'folder' | 'rubric' | 'publish'>,
): Promise<string> {
  const done = await pushFiles(store, scope, filesToPush(folder, rubric), { publish })
  for (const one of done) {
    if (one.did === 'published' && one.path.endsWith('/draft.yaml')) await becomeVersion(store, scope, folder, one)
    else if (one.pulled !== null && one.did !== 'behind') notePulled(join(folder, one.path), one.pulled)
  }
  const changed = done.filter(({ did }) => did !== 'unchanged')
  const same = done.length - changed.length
  return [...changed.map(inWords), `${done.length} files, ${same} of them unchanged.\n`].join('')
}

/** A draft that was published is in the folder as any published version is. */
async function becomeVersion(
  store: Store,
  scope: Scope,
  folder: string,
  { path, rubric, version }: Pushed,
): Promise<void> {
  const all = await pullFiles(store, scope, rubric)
  const written = all.find(({ file }) => file.version === version)
  if (!written) return
  writeFileSync(join(folder, written.path), writeRubricVersion(written.file))
  rmSync(join(folder, path))
}

function notePulled(path: string, pulled: string): void {
  const text = readFileSync(path, 'utf8')
  const noted = withPulled(text, pulled)
  if (noted !== text) writeFileSync(path, noted)
}

const SAID: Record<Pushed['did'], (pushed: Pushed) => string> = {
  unchanged: () => 'is here already',
  drafted: ({ version }) => `made the draft of version ${version}`,
  saved: ({ version }) => `changed the draft of version ${version}`,
  published: ({ version }) => `published version ${version}`,
  behind: () => 'not edited here, and something newer is in the project: pull',
}

const inWords = (pushed: Pushed): string => `${pushed.path}: ${SAID[pushed.did](pushed)}\n`

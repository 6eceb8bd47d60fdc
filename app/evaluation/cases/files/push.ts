import { isDeepStrictEqual } from 'node:util'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { conflict, PushRefused, type Refusal } from '#app/evaluation/rubrics/files/refusal.ts'
import { type CaseFile, isStub, type SealedCaseFile } from '#app/formats/case-file.ts'
import type { Database, Store } from '#db/store.server.ts'
import { type Documents, faultsOfFiles, type ReadCase } from './check.ts'
import { differences, isEdited } from './content.ts'
import { createCases } from './create.ts'
import { applyReferences } from './references.ts'
import { type StoredCase, storedCases } from './stored.ts'

/**
 * What became of a file. `behind`: it was not touched since it was pulled, and what is here has moved on; `elsewhere`: it
 * stands for a sealed case that is not here, and nothing can be made of it.
 */
export type PushedCase = {
  path: string
  key: string
  did: 'unchanged' | 'created' | 'changed' | 'behind' | 'elsewhere'
}

/**
 * Brings the files of a folder into the project, all or none: cases that are not here are made, with their references; of
 * those that are here the references are brought to what the file says. Content of a case is final.
 *
 * @throws PushRefused with every reason; Problem `forbidden`
 */
export async function pushCases(
  store: Store,
  scope: Scope,
  files: readonly ReadCase[],
  documents: Documents,
): Promise<PushedCase[]> {
  demand(scope, 'cases.write')
  demand(scope, 'references.write')
  const faults = faultsOfFiles(files, documents)
  if (faults.length > 0) throw new PushRefused(faults)
  return store.write(async (tx) => {
    const here = await storedCases(
      tx,
      scope,
      files.map(({ file }) => file.key),
    )
    const fresh = files.filter(({ file }) => !isStub(file) && !here.cases.has(file.key))
    const known = files.filter(({ file }) => isStub(file) || here.cases.has(file.key))
    const results: (PushedCase | Refusal)[] = [...(await createCases(tx, scope, fresh, documents))]
    for (const one of known) results.push(await pushKnown(tx, scope, one, here.cases.get(one.file.key)))
    const refusals = results.filter((one): one is Refusal => 'reason' in one)
    if (refusals.length > 0) throw new PushRefused(refusals)
    const done = results.filter((one): one is PushedCase => 'did' in one)
    await recordPush(tx, scope, done)
    return done.sort((a, b) => (a.path < b.path ? -1 : 1))
  })
}

async function pushKnown(
  tx: Database,
  scope: Scope,
  { path, file }: ReadCase,
  here: StoredCase | undefined,
): Promise<PushedCase | Refusal> {
  const about = { path, key: file.key }
  if (isStub(file)) return pushStub(about, file, here)
  if (!here) return conflict(path, 'The case is not here.')
  if (isStub(here.file)) {
    return conflict(path, 'The case is sealed here: nothing of it is in files. Pull, and keep its text nowhere.')
  }
  if (says(file) === says(here.file)) return { ...about, did: 'unchanged' }
  if (!isEdited(file)) return { ...about, did: 'behind' }
  const diff = differences(path, here.file, file)
  if (here.archived) return conflict(path, 'The case is archived here. Restore it on its page first.', diff)
  if (file.pool !== here.file.pool) {
    return conflict(path, `The case is ${here.file.pool} here. Files do not move cases: pull.`, diff)
  }
  if (contentOf(file) !== contentOf(here.file)) {
    const reason = 'What a case asks is final once it is here. Give the changed case a new key, in a file of its own.'
    return conflict(path, reason, diff)
  }
  if (file.pulled !== here.file.pulled) {
    const reason =
      file.pulled === undefined
        ? 'The case is here with other references, and the file has no line “pulled” to say that it was made from it. Pull into another folder, and bring the two together there.'
        : 'The references were changed here and in the file since it was pulled. Pull into another folder, bring the two together there, and push that.'
    return conflict(path, reason, diff)
  }
  const refused = await applyReferences(tx, scope, { path, caseId: here.id, here: here.file, file })
  return refused ?? { ...about, did: 'changed' }
}

function pushStub(
  about: { path: string; key: string },
  file: SealedCaseFile,
  here: StoredCase | undefined,
): PushedCase | Refusal {
  if (!here) return { ...about, did: 'elsewhere' }
  if (!isStub(here.file)) return { ...about, did: 'behind' }
  if (isDeepStrictEqual(here.file, file)) return { ...about, did: 'unchanged' }
  const reason = 'What stands for a sealed case is written by pull alone.'
  return conflict(about.path, reason, differences(about.path, here.file, file))
}

/** All that a push could change, in whatever order the file has it. Which rubric a reference was for is told, not set. */
const says = ({ pulled: _, references, ...file }: CaseFile): string =>
  JSON.stringify([ordered(file), references.map(({ rubric: __, ...one }) => JSON.stringify(ordered(one))).sort()])

const contentOf = ({ pulled: _, references: __, ...file }: CaseFile): string => JSON.stringify(ordered(file))

/** Objects as sorted pairs: the order in which a file names things says nothing. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, within]) => [key, ordered(within)])
}

async function recordPush(tx: Database, scope: Scope, done: readonly PushedCase[]): Promise<void> {
  const [created, changed] = (['created', 'changed'] as const).map((did) => done.filter((one) => one.did === did))
  if ((created?.length ?? 0) + (changed?.length ?? 0) === 0) return
  await record(tx, {
    projectId: scope.project.id,
    actor: scope.user,
    action: 'cases.pushed',
    subject: 'project',
    subjectId: scope.project.id,
    detail: { created: created?.length ?? 0, changed: changed?.length ?? 0 },
  })
}

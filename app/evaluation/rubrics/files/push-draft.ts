import type { RubricVersionFile } from '#app/formats/rubric-version.ts'
import { contentHashOf, draftHashOf } from '../content.ts'
import { saveDraft, startDraft } from '../draft.ts'
import { publishVersion } from '../publish.ts'
import { createRubric } from '../write.ts'
import { contentOfFile, fileHash, fileOfVersion, saysTheSame } from './content.ts'
import type { Push, Pushed } from './push.ts'
import type { StoredRubric } from './read.ts'
import { conflict, type Refusal, unified } from './refusal.ts'

type Stored = StoredRubric['versions'][number]

/**
 * Makes or changes a draft after its file. What was pulled, what the file says and what is here decide: a change on one side
 * is taken, a change on both is refused.
 */
export async function pushDraft(
  push: Push,
  path: string,
  file: RubricVersionFile,
  here: StoredRubric | null,
): Promise<Pushed | Refusal> {
  const last = here?.versions.at(-1)
  if (last?.state === 'draft') return changeDraft(push, path, file, last)
  return makeDraft(push, path, file, here, last)
}

async function changeDraft(
  push: Push,
  path: string,
  file: RubricVersionFile,
  draft: Stored,
): Promise<Pushed | Refusal> {
  const stored = fileOfVersion(draft)
  const [says, is] = [fileHash(file), fileHash(stored)]
  const about = { path, rubric: file.rubric, version: draft.number }
  if (file.version !== draft.number)
    return conflict(path, `The draft here is of version ${draft.number}, not ${file.version}.`)
  if (file.based_on !== null && file.based_on !== draft.basedOn) {
    const from = draft.basedOn === null ? 'on none' : `on version ${draft.basedOn}`
    return conflict(
      path,
      `The draft here is based ${from}, which stays: discard it there to start from another version.`,
    )
  }
  if (says !== is) {
    const untouched = file.pulled === says
    if (untouched && !push.publish) return { ...about, did: 'behind', pulled: says }
    if (file.pulled !== is) return conflict(path, whyBoth(file, untouched), unified(path, stored, file))
    const seen = draftHashOf(contentHashOf(draft.content), draft.changeNote)
    await saveDraft(push.tx, push.scope, draft.id, { content: contentOfFile(file), changeNote: file.change_note, seen })
  }
  return finish(push, draft.id, { ...about, did: says === is ? 'unchanged' : 'saved', pulled: says })
}

function whyBoth({ pulled }: RubricVersionFile, untouched: boolean): string {
  if (untouched)
    return 'The draft was changed here since it was pulled, so this file is not what would be published. Pull first.'
  if (pulled === undefined) {
    return 'There is a draft here that says something else, and the file has no line “pulled” to say that it was made from it. Pull into another folder, and bring the two together there.'
  }
  return 'The draft was changed here and in the file since it was pulled. Pull into another folder, bring the two together there, and push that.'
}

async function makeDraft(
  push: Push,
  path: string,
  file: RubricVersionFile,
  here: StoredRubric | null,
  last: Stored | undefined,
): Promise<Pushed | Refusal> {
  const about = { path, rubric: file.rubric, version: file.version }
  const next = (last?.number ?? 0) + 1
  if (here && last && file.version < next) {
    const published = here.versions.find(({ number }) => number === file.version)
    if (published && saysTheSame(file, published)) return { ...about, did: 'behind', pulled: null }
    const reason = `Version ${file.version} was published here. Make this file the draft of version ${next} to change it.`
    return conflict(path, reason, published ? unified(path, fileOfVersion(published), file) : undefined)
  }
  if (file.version !== next)
    return conflict(path, `The next version of ${file.rubric} here is ${next}, not ${file.version}.`)
  // Of a rubric that this very push brings in, it was pulled somewhere else.
  if (file.pulled !== undefined && push.known.has(file.rubric)) {
    const reason =
      'The draft that was pulled has been discarded here. Take the line “pulled” out of the file to draft it anew.'
    return conflict(path, reason)
  }
  const content = contentOfFile(file)
  const changeNote = file.change_note
  const base = here?.versions.find(({ number }) => number === (file.based_on ?? last?.number))
  if (here && !base) return conflict(path, `It is based on version ${file.based_on}, which is not here.`)
  if (last && saysTheSame(file, last)) return conflict(path, `It says the same as version ${last.number}.`)
  const made = base
    ? await startDraft(push.tx, push.scope, base.id, { content, changeNote })
    : await createRubric(push.tx, push.scope, { key: file.rubric, name: file.name, ...content, changeNote })
  return finish(push, made.versionId, { ...about, did: 'drafted', pulled: fileHash(file) })
}

async function finish({ tx, scope, publish }: Push, versionId: string, pushed: Pushed): Promise<Pushed> {
  if (!publish) return pushed
  await publishVersion(tx, scope, versionId)
  return { ...pushed, did: 'published', pulled: null }
}

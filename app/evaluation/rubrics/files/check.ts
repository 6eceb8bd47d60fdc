/** What is wrong with the files of a folder, before the database is asked. Pure. */
import type { RubricVersionFile } from '#app/formats/rubric-version.ts'
import { firstUnstorable } from '#app/formats/storable.ts'
import { faultInWords, faultsOfContent } from '../faults.ts'
import { contentOfFile, DRAFT_FILE, fileNameOf } from './content.ts'
import { type Refusal, wrongFile } from './refusal.ts'

/** A file as it was read: where from, and a way to say on which line something in it stands. */
export type ReadFile = {
  /** Within the folder that is pushed: "qa/draft.yaml". */
  path: string
  file: RubricVersionFile
  lineOf: (path: readonly PropertyKey[]) => number | null
}

/** Everything wrong with the files in themselves and beside one another; empty: nothing. */
export function faultsOfFiles(files: readonly ReadFile[]): Refusal[] {
  const names = new Map<string, string>()
  return files.flatMap((one) => {
    const { path, file, lineOf } = one
    const faults: Refusal[] = []
    const say = (field: string, reason: string) => faults.push(wrongFile(path, field, reason, lineOf([field])))
    const [folder, name] = path.split('/')
    if (folder !== file.rubric) say('rubric', `must be “${folder}”, as its folder is called`)
    if (name !== fileNameOf(file)) {
      if (file.state === 'draft') say('state', 'is draft: a draft is in the file draft.yaml')
      else if (name === DRAFT_FILE) say('state', `must be draft in the file draft.yaml, but is ${file.state}`)
      else say('version', `is ${file.version}: such a version is in the file ${fileNameOf(file)}`)
    }
    const known = names.get(file.rubric) ?? file.name
    names.set(file.rubric, known)
    if (file.name !== known) say('name', `is “${file.name}” here, and “${known}” in another file of the rubric`)
    if (file.name.trim() === '') say('name', 'is empty')
    if (file.pulled !== undefined && file.state !== 'draft') say('pulled', 'is of drafts only')
    const unstorable = firstUnstorable({ name: file.name, change_note: file.change_note })
    if (unstorable) say(unstorable.field, unstorable.reason)
    faults.push(...contentFaults(one))
    return faults
  })
}

/** What the domain says of the content, at its line. A draft may have gaps. */
function contentFaults({ path, file, lineOf }: ReadFile): Refusal[] {
  return faultsOfContent(contentOfFile(file))
    .filter(({ gap }) => !(gap && file.state === 'draft'))
    .map((fault) => {
      const place = fault.path
        .replace('rationaleAtOrBelow', 'rationale_at_or_below')
        .split('.')
        .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
      return wrongFile(path, inBrackets(place), faultInWords(fault), lineOf(place))
    })
}

const inBrackets = (place: readonly (string | number)[]): string =>
  place.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('')

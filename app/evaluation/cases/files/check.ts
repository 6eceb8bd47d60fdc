/** What is wrong with the files of a folder, before the database is asked. Pure. */
import { documentHash } from '#app/evaluation/cases/hash.ts'
import { type Refusal, wrongFile } from '#app/evaluation/rubrics/files/refusal.ts'
import { type CaseFile, isStub, type SealedCaseFile } from '#app/formats/case-file.ts'
import { fileNameOf } from './content.ts'

/** A file as it was read: where from, and a way to say on which line something in it stands. */
export type ReadCase = {
  /** Within the folder that is pushed: "cases/late-appeal.yaml". */
  path: string
  file: CaseFile | SealedCaseFile
  lineOf: (path: readonly PropertyKey[]) => number | null
}

/** The folder's documents by the hash that is their file's name. */
export type Documents = ReadonlyMap<string, { title: string; text: string }>

/** Everything wrong with the files in themselves and beside one another; empty: nothing. */
export function faultsOfFiles(files: readonly ReadCase[], documents: Documents): Refusal[] {
  const keys = new Map<string, string>()
  return files.flatMap((one) => {
    const { path, file, lineOf } = one
    const faults: Refusal[] = []
    const say = (field: readonly PropertyKey[], reason: string) =>
      faults.push(wrongFile(path, field.join('.'), reason, lineOf(field)))
    const before = keys.get(file.key)
    if (before !== undefined) say(['key'], `is that of ${before} too`)
    keys.set(file.key, path)
    const wanted = fileNameOf(file.key).replace(/\.yaml$/, '')
    const named = path.replace(/^.*\//, '').replace(/\.(ya?ml|json)$/i, '')
    if (named !== wanted) say(['key'], `is “${file.key}”: such a case is in the file ${wanted}.yaml`)
    if (isStub(file)) return faults
    file.documents.forEach((hash, i) => {
      const document = documents.get(hash)
      if (!document) say(['documents', i], `there is no documents/${hash}.md that begins with “# TITLE”`)
      else if (documentHash(document.title, document.text) !== hash) {
        say(
          ['documents', i],
          `documents/${hash}.md was edited: a changed document goes into a file of its own, named for its hash`,
        )
      }
    })
    const texts = new Set<string>()
    file.references.forEach(({ quality, state, author, validated_by, text }, i) => {
      const at = (field: string) => ['references', i, field]
      if (texts.has(`${quality} ${text}`)) say(at('text'), 'is that of another reference of this quality')
      texts.add(`${quality} ${text}`)
      if (state === 'validated' && validated_by === undefined)
        say(at('state'), 'is validated: say by whom, in validated_by')
      if (state === 'written' && validated_by !== undefined) say(at('validated_by'), 'goes with state: validated')
      if (validated_by !== undefined && validated_by === author) {
        say(at('validated_by'), 'is the author: a second person has to check it')
      }
    })
    return faults
  })
}

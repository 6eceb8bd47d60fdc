/** A case as it is in the database, and as it is in a file. Pure. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import { sha256 } from '#app/ambient.ts'
import { canonical } from '#app/evaluation/cases/hash.ts'
import type { CaseFile, SealedCaseFile } from '#app/formats/case-file.ts'
import { writeCaseFile } from '#app/formats/case-file-text.ts'

/** What tells one state of a case's file from another, whatever its line `pulled` says. */
export const pulledHash = (file: CaseFile): string =>
  sha256(JSON.stringify(canonical({ ...file, pulled: null }))).slice(0, 16)

/** True for a file that was edited since it was pulled, or never pulled: it holds what is nowhere else. */
export const isEdited = (file: CaseFile): boolean => file.pulled !== pulledHash(file)

const PLAIN = /^[a-z0-9][a-z0-9._-]{0,100}$/

/**
 * The name of a case's file: its key, where every file system takes that as it is; else something like it, with the beginning
 * of the key's hash, so that no two keys meet in one file.
 */
export function fileNameOf(key: string): string {
  if (PLAIN.test(key) && !key.endsWith('.')) return `${key}.yaml`
  const like = key
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return `${like.slice(0, 80) || 'case'}-${sha256(key).slice(0, 8)}.yaml`
}

/** How a file differs from what is here, as a unified diff. */
export function differences(path: string, here: CaseFile | SealedCaseFile, file: CaseFile | SealedCaseFile): string {
  const text = (one: CaseFile | SealedCaseFile) => writeCaseFile('pulled' in one ? { ...one, pulled: undefined } : one)
  return createTwoFilesPatch(`${path} (here)`, path, text(here), text(file), undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  })
}

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Scope } from '#app/auth/permissions.ts'
import { differences, fileNameOf, isEdited } from '#app/evaluation/cases/files/content.ts'
import { storedCases } from '#app/evaluation/cases/files/stored.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { conflict, PushRefused, type Refusal } from '#app/evaluation/rubrics/files/refusal.ts'
import { isStub } from '#app/formats/case-file.ts'
import { writeCaseFile, writeDocument } from '#app/formats/case-file-text.ts'
import type { Store } from '#db/store.server.ts'
import type { CasesRequest } from '../cases.ts'
import { caseFilesIn, type Found } from './folder.ts'

/** Writes the project's cases into the folder, and says what it did. A file with changes of its own is not lost. */
export async function pullInto(
  store: Store,
  scope: Scope,
  { folder, force }: Pick<CasesRequest, 'folder' | 'force'>,
): Promise<string> {
  const { cases, documents } = await storedCases(store.read, scope)
  if (cases.size === 0) throw new Problem('missing', `${scope.project.name} has no cases yet.`)
  const there = new Map(caseFilesIn(folder).map((found) => [nameOf(found.path), found]))
  const pulled = [...cases.values()].map(({ file }) => ({ name: nameOf(fileNameOf(file.key)), file }))
  const refusals = force ? [] : pulled.flatMap((one) => lostBy(one, there.get(one.name)))
  if (refusals.length > 0) throw new PushRefused(refusals)
  mkdirSync(join(folder, 'cases'), { recursive: true })
  const said: string[] = []
  for (const { name, file } of pulled) {
    const found = there.get(name)
    // What says the same stays as it is laid out, with its comments.
    if (found?.read && isDeepStrictEqual(found.read.file, file)) continue
    const path = `cases/${name}.yaml`
    writeFileSync(join(folder, path), writeCaseFile(file))
    if (found && found.path !== path) rmSync(join(folder, found.path))
    said.push(`${path}: written${isStub(file) ? ', without its text: it is sealed' : ''}\n`)
  }
  const written = writeDocuments(folder, documents)
  const others = [...there.keys()].filter((name) => !pulled.some((one) => one.name === name)).length
  const left = others > 0 ? ` ${others} files of cases that are not here, or archived, were left alone.` : ''
  const same = pulled.length - said.length
  return [...said, `${pulled.length} cases, ${same} of them unchanged; ${written} documents written.${left}\n`].join('')
}

const nameOf = (path: string): string => path.replace(/^.*\//, '').replace(/\.(ya?ml|json)$/i, '')

/** Why a case's file cannot be written over: it holds what is nowhere else. */
function lostBy({ file }: { file: Parameters<typeof differences>[1] }, found: Found | undefined): Refusal[] {
  if (!found) return []
  if (!found.read) {
    return [
      conflict(found.path, 'It cannot be read, so what it holds would be lost. Mend or remove it, or use --force.'),
    ]
  }
  const { path, read } = found
  if (isDeepStrictEqual(read.file, file) || isStub(read.file) || !isEdited(read.file)) return []
  const reason =
    'It was edited since it was pulled, and that would be lost. Push it first, move it away, or use --force.'
  return [conflict(path, reason, isStub(file) ? undefined : differences(path, file, read.file))]
}

/** Writes documents that are not there as they are here; returns how many. */
function writeDocuments(folder: string, documents: ReadonlyMap<string, { title: string; text: string }>): number {
  let written = 0
  if (documents.size > 0) mkdirSync(join(folder, 'documents'), { recursive: true })
  for (const [hash, document] of documents) {
    const path = join(folder, 'documents', `${hash}.md`)
    const text = writeDocument(document)
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
    writeFileSync(path, text)
    written += 1
  }
  return written
}

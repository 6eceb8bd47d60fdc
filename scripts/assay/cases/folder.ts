import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Documents, ReadCase } from '#app/evaluation/cases/files/check.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { type Refusal, wrongFile } from '#app/evaluation/rubrics/files/refusal.ts'
import { readCaseFile, readDocument } from '#app/formats/case-file-text.ts'

export type Found = { path: string; read: ReadCase | null; faults: Refusal[] }

/** Every case's file of a folder, read or with what is wrong with it; none where there is no such folder. */
export function caseFilesIn(folder: string): Found[] {
  if (existsSync(folder) && !statSync(folder).isDirectory()) throw new Problem('invalid', `${folder} is no folder.`)
  const within = join(folder, 'cases')
  if (!existsSync(within)) return []
  return readdirSync(within)
    .filter((name) => /\.(ya?ml|json)$/i.test(name) && !name.startsWith('.'))
    .sort()
    .map((name) => {
      const path = `cases/${name}`
      const result = readCaseFile(readFileSync(join(within, name)))
      if ('file' in result) return { path, read: { path, ...result }, faults: [] }
      return {
        path,
        read: null,
        faults: result.errors.map(({ field, reason, line }) => wrongFile(path, field, reason, line)),
      }
    })
}

/** The documents of a folder by the name of their file; what does not begin with a heading is no document. */
export function documentsIn(folder: string): Documents {
  const within = join(folder, 'documents')
  if (!existsSync(within)) return new Map()
  const found = new Map<string, { title: string; text: string }>()
  for (const name of readdirSync(within)) {
    if (!name.endsWith('.md')) continue
    const document = readDocument(readFileSync(join(within, name), 'utf8'))
    if (document) found.set(name.slice(0, -'.md'.length), document)
  }
  return found
}

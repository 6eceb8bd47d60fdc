import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '#app/evaluation/problem.ts'
import type { ReadFile } from '#app/evaluation/rubrics/files/check.ts'
import { PushRefused, type Refusal, wrongFile } from '#app/evaluation/rubrics/files/refusal.ts'
import { readRubricVersion } from '#app/formats/read-rubric-version.ts'

const NAMED = /^(draft|v[1-9]\d*)\.yaml$/

/** The files of a folder, by their path within it ("qa/v1.yaml"): those of rubric versions, and other YAML files. */
function pathsIn(folder: string, only: string | undefined): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && (only ?? entry.name) === entry.name)
    .flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => `${name}/${file}`))
    .filter((path) => /\.ya?ml$/i.test(path))
    .sort()
}

export type Found = { path: string; bytes: Uint8Array; read: ReadFile | null; faults: Refusal[] }

/** Every rubric version's file of a folder, read or with what is wrong with it; none where there is no such folder. */
export function filesIn(folder: string, only?: string): Found[] {
  if (!existsSync(folder)) return []
  if (!statSync(folder).isDirectory()) throw new Problem('invalid', `${folder} is no folder.`)
  return pathsIn(folder, only).map((path) => {
    const bytes = readFileSync(join(folder, path))
    if (!NAMED.test(path.split('/')[1] ?? '')) {
      const reason = 'is not called draft.yaml, v1.yaml, v2.yaml ...: it is no version of a rubric, or has another name'
      return { path, bytes, read: null, faults: [wrongFile(path, null, reason)] }
    }
    const result = readRubricVersion(bytes)
    if ('file' in result) return { path, bytes, read: { path, ...result }, faults: [] }
    const faults = result.errors.map(({ field, reason, line }) => wrongFile(path, field, reason, line))
    return { path, bytes, read: null, faults }
  })
}

/** The files of a folder that is to be pushed. Throws PushRefused with all that is wrong with them. */
export function filesToPush(folder: string, only?: string): ReadFile[] {
  const found = filesIn(folder, only)
  const faults = found.flatMap((one) => one.faults)
  if (faults.length > 0) throw new PushRefused(faults)
  const files = found.flatMap(({ read }) => (read ? [read] : []))
  if (files.length > 0) return files
  const where = only === undefined ? folder : join(folder, only)
  throw new Problem('missing', `There is no rubric in ${where}: it would be in KEY/draft.yaml or KEY/v1.yaml.`)
}

import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import type { RubricVersionFile } from '#app/formats/rubric-version.ts'
import { comparable } from './content.ts'

/**
 * Why a file was not taken. `file`: it is wrong in itself; `conflict`: it and what is here cannot both be kept, which `diff`
 * shows (lines of what is here with -, of the file with +).
 */
export type Refusal = {
  path: string
  kind: 'file' | 'conflict'
  line: number | null
  field: string | null
  reason: string
  diff?: string
}

/** Nothing was stored, for these reasons. */
export class PushRefused extends Error {
  readonly refusals: readonly Refusal[]

  constructor(refusals: readonly Refusal[]) {
    super('Nothing was stored.')
    this.name = 'PushRefused'
    this.refusals = refusals
  }
}

/** How a file differs from what is here, as a unified diff. */
export const unified = (path: string, here: RubricVersionFile, file: RubricVersionFile): string =>
  createTwoFilesPatch(`${path} (here)`, path, comparable(here), comparable(file), undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  })

export const conflict = (path: string, reason: string, diff?: string): Refusal => ({
  path,
  kind: 'conflict',
  line: null,
  field: null,
  reason,
  ...(diff === undefined ? {} : { diff }),
})

export const wrongFile = (path: string, field: string | null, reason: string, line: number | null = null): Refusal => ({
  path,
  kind: 'file',
  line,
  field,
  reason,
})

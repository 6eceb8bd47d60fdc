import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { namesPath } from '#app/evaluation/imports/job.ts'
import type { ImportOptions } from '#app/evaluation/imports/options.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { namesIn } from '#app/evaluation/traces/redaction/names.ts'
import { REDACTIONS } from '#app/evaluation/traces/redaction/steps.ts'
import { TRACE_FORMATS } from '#app/formats/traces/told-apart.ts'
import { amongst, textOf } from '#app/http/entered.ts'

/** The options that the form of the preview asks for. */
export function previewOptions(form: FormData): ImportOptions {
  const [traceFormat] = amongst(form, 'format', TRACE_FORMATS)
  const [category, userSegment] = [textOf(form, 'category').trim(), textOf(form, 'userSegment').trim()]
  return {
    redact: amongst(form, 'redact', REDACTIONS),
    ...(traceFormat === undefined ? {} : { traceFormat }),
    ...(category === '' ? {} : { category }),
    ...(userSegment === '' ? {} : { userSegment }),
  }
}

/** Keeps the names beside the upload, readable by the server alone, until it is imported or discarded. */
export async function keepNames(dataDir: string, id: string, form: FormData, options: ImportOptions): Promise<void> {
  const names = textOf(form, 'names')
  const wanted = options.redact?.includes('names') ?? false
  if (wanted && namesIn(names).length === 0) {
    throw new Problem('invalid', 'Nothing was changed.', { fields: { names: 'Enter the names to mask, one a line.' } })
  }
  if (wanted) await writeFile(namesPath(dataDir, id), names, { mode: 0o600 })
  else await rm(namesPath(dataDir, id), { force: true })
}

export const keptNames = async (dataDir: string, id: string): Promise<string> =>
  existsSync(namesPath(dataDir, id)) ? readFile(namesPath(dataDir, id), 'utf8') : ''

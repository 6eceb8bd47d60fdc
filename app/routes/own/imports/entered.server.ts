import { type ImportPayload, UPLOADED_KINDS } from '#app/evaluation/imports/job.ts'
import type { ImportOptions } from '#app/evaluation/imports/options.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { MAX_NAME } from '#app/formats/fields.ts'
import { amongst, textOf } from '#app/http/entered.ts'
import { type EnteredImport, FROM_DATA } from './asked.ts'

export const enteredImport = (form: FormData): EnteredImport => ({
  kind: textOf(form, 'kind'),
  category: textOf(form, 'category'),
  segment: textOf(form, 'segment'),
  addSegments: amongst(form, 'addSegments', ['yes']).length > 0,
  system: textOf(form, 'system'),
  round: textOf(form, 'round'),
  rubric: textOf(form, 'rubric'),
  rubricKey: textOf(form, 'rubricKey'),
  levels: textOf(form, 'levels'),
})

/** The import that was asked for; an `invalid` Problem that says for each field what is wrong. */
export function importFrom(entered: EnteredImport, file: { fileName: string; bytes: number }): ImportPayload {
  const fields: Record<string, string> = {}
  const kind = UPLOADED_KINDS.find((one) => one === entered.kind)
  if (kind === undefined) fields.kind = 'Choose what the file holds.'
  if (file.fileName === '') fields.file = 'Choose a file.'
  else if (file.bytes === 0) fields.file = 'The file is empty.'
  for (const name of ['category', 'segment', 'system', 'round', 'rubricKey'] as const) {
    if (entered[name].trim().length > MAX_NAME) fields[name] = `Use at most ${MAX_NAME} characters.`
  }
  if (entered.rubric === FROM_DATA && entered.rubricKey.trim() === '') fields.rubricKey = 'Give the new rubric a key.'
  const levels = levelsIn(entered.levels)
  if (levels === null) fields.levels = 'Write the lowest and the highest level, such as 1-4.'
  if (kind === undefined || Object.keys(fields).length > 0) {
    throw new Problem('invalid', 'Nothing was imported. Mend what is marked below and choose the file again.', {
      fields,
    })
  }
  return { kind, ...file, options: optionsFrom(entered, levels ?? undefined) }
}

/** Undefined where nothing was entered, null where it makes no sense. */
function levelsIn(entered: string): { from: number; to: number } | undefined | null {
  if (entered.trim() === '') return undefined
  const [, from, to] = /^\s*(-?\d{1,4})\s*(?:-|–|to|\.\.)\s*(-?\d{1,4})\s*$/.exec(entered) ?? []
  return from === undefined || to === undefined ? null : { from: Number(from), to: Number(to) }
}

function optionsFrom(entered: EnteredImport, levels: { from: number; to: number } | undefined): ImportOptions {
  const given = (text: string) => text.trim() || undefined
  const [key = '', version] = entered.rubric === FROM_DATA ? [] : entered.rubric.split('@')
  return {
    category: given(entered.category),
    userSegment: given(entered.segment),
    systemVersion: given(entered.system),
    round: given(entered.round),
    addSegments: entered.addSegments,
    ...(key === '' ? {} : { rubric: { key, version: Number(version) } }),
    ...(entered.rubric === FROM_DATA ? { rubricFromData: given(entered.rubricKey), levels } : {}),
  }
}

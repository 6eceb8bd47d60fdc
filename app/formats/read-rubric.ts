import { open } from 'node:fs/promises'
import { faultsIn } from './faults.ts'
import { linesIn } from './lines.ts'
import { type RubricFile, rubricFile } from './rubric.ts'
import { type FileError, Unreadable } from './unreadable.ts'

const MOST_BYTES = 2_000_000

/** A rubric as read from a file, or what is wrong with it. Throws Unreadable where the file is no JSON in UTF-8. */
export async function readRubric(path: string): Promise<{ rubric: RubricFile } | { errors: FileError[] }> {
  const text = await wholeText(path)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Unreadable(`The file is not JSON: ${(error as Error).message}. A rubric is one JSON object.`)
  }
  const parsed = rubricFile.safeParse(value, { reportInput: true })
  if (parsed.success) return { rubric: parsed.data }
  return { errors: faultsIn(parsed.error, Object.keys(rubricFile.shape)).map((fault) => ({ line: null, ...fault })) }
}

async function wholeText(path: string): Promise<string> {
  const file = await open(path)
  try {
    if ((await file.stat()).size > MOST_BYTES) throw new Unreadable('The file is larger than 2 MB; no rubric is.')
    let text = ''
    for await (const block of linesIn(file.createReadStream({ autoClose: false }))) text += block.text
    return text
  } finally {
    await file.close()
  }
}

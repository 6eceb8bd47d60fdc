import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'

/** A folder of its own for the tests of a file, gone when they are done. */
export function ownFolder() {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-test-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const write = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }
  return {
    path: (name: string) => join(folder, name),
    write,
    /** Writes records as JSON Lines. */
    jsonl: (name: string, records: readonly object[]) =>
      write(name, `${records.map((record) => JSON.stringify(record)).join('\n')}\n`),
  }
}

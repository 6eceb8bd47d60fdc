/** The files themselves: in a folder of DATA_DIR that may be emptied at any time. */
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newId, now } from '#app/ambient.ts'

/** The oldest beyond so many, or beyond so many bytes together, are deleted. */
const MOST_FILES = 20
const MOST_BYTES = 512 * 2 ** 20
/** What is still called so after an hour was left behind by a process that died. */
const UNFINISHED = '.unfinished'
const LEFT_BEHIND_MS = 60 * 60_000

const PRIVATE = 0o600
const PRIVATE_FOLDER = 0o700

export const folderIn = (dataDir: string): string => join(dataDir, 'cache', 'ratings-in-force')

/** The bytes of a file, which counts as used by that; null: it is not there, or cannot be read. */
export async function bytesIn(path: string): Promise<Buffer | null> {
  try {
    const bytes = await readFile(path)
    const moment = new Date(now())
    await utimes(path, moment, moment).catch(() => undefined)
    return bytes
  } catch {
    return null
  }
}

/** Puts the bytes in the file's place at once: whoever reads meanwhile gets the former ones, whoever dies leaves those. */
export async function putBytes(folder: string, name: string, bytes: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER })
  const unfinished = join(folder, `${name}.${newId()}${UNFINISHED}`)
  try {
    await writeFile(unfinished, bytes, { mode: PRIVATE, flag: 'wx' })
    await rename(unfinished, join(folder, name))
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
  await tidy(folder)
}

async function tidy(folder: string): Promise<void> {
  const found = await Promise.all((await readdir(folder)).map((name) => known(join(folder, name))))
  const files = found.filter((file) => file !== null).sort((a, b) => b.usedAt - a.usedAt)
  let [number, bytes] = [0, 0]
  for (const { path, usedAt, size } of files) {
    const unfinished = path.endsWith(UNFINISHED)
    if (!unfinished) {
      number++
      bytes += size
    }
    const old = unfinished ? now() - usedAt > LEFT_BEHIND_MS : number > MOST_FILES || bytes > MOST_BYTES
    if (old) await rm(path, { force: true })
  }
}

/** Another process may delete it meanwhile. */
async function known(path: string): Promise<{ path: string; usedAt: number; size: number } | null> {
  try {
    const { mtimeMs, size } = await stat(path)
    return { path, usedAt: mtimeMs, size }
  } catch {
    return null
  }
}

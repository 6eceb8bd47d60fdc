import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { env } from '#app/env.server.ts'
import type { Columns } from '#app/evaluation/ratings/in-force/columns.ts'
import { folderIn } from '#app/evaluation/ratings/in-force/file/folder.ts'
import { keptInFile } from '#app/evaluation/ratings/in-force/file/keep.ts'
import { keepRatingsInForce, ratingsInForce } from '#app/evaluation/ratings/in-force/kept.ts'
import { dimensionsOf } from '#app/evaluation/rubrics/read.ts'
import { rounds } from '#db/schema/rounds.ts'
import { openStore, type Store } from '#db/store.server.ts'
import { urlOf } from '#db/url-of.server.ts'
import { ownFolder } from '#tests/support/files.ts'
import { ITEMS, rated } from '#tests/support/in-force.ts'
import { freshStoreIn } from '#tests/support/store.ts'
import { putBack } from '#tests/support/tampering.ts'

const files = ownFolder()
let folder = ''
let number = 0
const opened: Store[] = []

beforeEach(() => {
  env().dataDir = files.path(`data-${++number}`)
  folder = folderIn(env().dataDir)
})
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
})

/** A database with forty items, and a way to look at it as a process does that has only just begun. */
async function setUp() {
  const data = files.path(`database-${number}`)
  mkdirSync(data)
  const made = await rated(await freshStoreIn(data))
  const { versionId } = made.rubric
  const url = urlOf(made.store.read) ?? ''
  const another = () => {
    const store = openStore(url)
    opened.push(store)
    return store.read
  }
  const all: string[] = []
  return {
    ...made,
    all,
    rateAll: async () => {
      for (let item = 0; item < ITEMS; item++) for (const rater of [0, 1]) all.push(await made.rate(item, rater, item))
    },
    /** Reads everything and writes it to a file. */
    keep: async () => {
      const read = another()
      await ratingsInForce(read, versionId)
      await keepRatingsInForce(read, 1)
    },
    file: async () => {
      const read = another()
      return keptInFile(read, versionId, await dimensionsOf(read, versionId))
    },
    withFile: async () => rowsOf(await ratingsInForce(another(), versionId)),
    anew: async () => {
      const kept = env().dataDir
      env().dataDir = files.path('none')
      const rows = rowsOf(await ratingsInForce(another(), versionId))
      env().dataDir = kept
      return rows
    },
  }
}

/** Everything that columns say of each rating in force, sorted. */
const rowsOf = (columns: Columns): string[] =>
  Array.from({ length: columns.rows }, (_, row) => row)
    .filter((row) => columns.gone[row] === 0)
    .map((row) => {
      const { items, raters, rounds: all, segments, source, submittedAt, activeMs, codes } = columns
      const item = columns.item[row] as number
      return JSON.stringify([
        items.names[item],
        items.numbers.get(items.names[item] as string) === item,
        segments.all[segments.of[item] as number],
        raters.names[columns.rater[row] as number],
        all.names[columns.round[row] as number],
        source[row],
        submittedAt[row],
        activeMs[row],
        codes.map((one) => one[row]),
      ])
    })
    .sort()

const only = (): string => {
  const names = readdirSync(folder)
  expect(names).toHaveLength(1)
  return join(folder, names[0] as string)
}

it('writes a file that only its owner may read, with ids and levels and nothing that anybody wrote', async () => {
  const { rateAll, keep, file, raters } = await setUp()
  await rateAll()
  expect(await file()).toBeNull()
  await keep()
  const path = only()
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700)
  const bytes = readFileSync(path, 'latin1')
  expect(bytes).toContain(raters[0]?.id)
  for (const text of [raters[0]?.email, raters[0]?.name, 'no source']) expect(bytes).not.toContain(text)
  expect((await file())?.columns.rows).toBe(2 * ITEMS)
})

it('says with a file what it says without, whatever was made, corrected or taken back before and after', async () => {
  const step = fc.record({
    what: fc.constantFrom('rate', 'correct', 'take back', 'keep'),
    item: fc.nat(ITEMS - 1),
    rater: fc.nat(1),
    level: fc.nat(3),
  })
  const { rate, supersede, keep, withFile, anew } = await setUp()
  const last = new Map<string, { id: string; revision: number }>()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      for (const { what, item, rater, level } of steps) {
        const key = `${item} ${rater}`
        const known = last.get(key)
        if (what === 'keep') await keep()
        else if (known && what !== 'rate') await supersede(known.id)
        if (known && what === 'take back') last.set(key, { ...known, id: '' })
        if ((what === 'rate' && !known) || (what === 'correct' && known && known.id !== '')) {
          const revision = (known?.revision ?? 0) + 1
          last.set(key, { id: await rate(item, rater, level, { revision }), revision })
        }
        if (last.get(key)?.id === '') last.set(key, { id: '', revision: known?.revision ?? 1 })
      }
      expect(await withFile()).toEqual(await anew())
    }),
    { numRuns: 12 },
  )
})

it('adds to a file what came after it', async () => {
  const { rateAll, rate, supersede, keep, file, withFile, anew, all } = await setUp()
  await rateAll()
  await keep()
  await supersede(all[7] as string)
  await rate(3, 1, 2, { revision: 2 })
  await supersede(all[30] as string)
  expect(await file()).not.toBeNull()
  expect(await withFile()).toEqual(await anew())
})

it.each([
  ['is cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 9)],
  ['is empty', () => Buffer.alloc(0)],
  ['has one bit changed', (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === 700 ? byte ^ 1 : byte)))],
  ['is of another format', (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === 8 ? byte + 1 : byte)))],
  ['is something else', () => Buffer.from('a diary, perhaps'.repeat(20))],
])('reads anew where the file %s, and replaces it', async (_what, spoilt) => {
  const { rateAll, keep, file, withFile, anew } = await setUp()
  await rateAll()
  await keep()
  writeFileSync(only(), spoilt(readFileSync(only())))
  expect(await file()).toBeNull()
  expect(await withFile()).toEqual(await anew())
  await keep()
  expect((await file())?.columns.rows).toBe(2 * ITEMS)
})

it('does not take the file of a database that was put back and went on to the same counts', async () => {
  const { rateAll, rate, keep, file, withFile, anew, all, store } = await setUp()
  await rateAll()
  await keep()
  const lost = all.at(-1) as string
  await putBack(store, sql`delete from scores where rating_id = ${lost}`, sql`delete from ratings where id = ${lost}`)
  await rate(ITEMS - 1, 1, 3)
  expect(await file()).toBeNull()
  expect(await withFile()).toEqual(await anew())
})

it('does not take it where as many, but other ratings are superseded since', async () => {
  const { rateAll, keep, supersede, file, withFile, anew, all, store } = await setUp()
  await rateAll()
  await supersede(all[2] as string)
  await keep()
  await putBack(store, sql`update ratings set superseded_at = null, superseded_because = null`)
  await supersede(all[4] as string)
  expect(await file()).toBeNull()
  expect(await withFile()).toEqual(await anew())
})

it('does not take the file of another rubric version, nor one with a round that is not there any more', async () => {
  const { rateAll, keep, file, withFile, anew, store, round, rubric } = await setUp()
  await rateAll()
  await keep()
  const kept = readFileSync(only())
  const other = await rated(store)
  await store.write((tx) => tx.update(rounds).set({ state: 'closed' }).where(eq(rounds.id, round.id)))
  expect(await file()).not.toBeNull()

  const dimensions = await dimensionsOf(store.read, other.rubric.versionId)
  expect(await keptInFile(store.read, other.rubric.versionId, dimensions)).toBeNull()
  await store.write((tx) =>
    tx.update(rounds).set({ rubricVersionId: other.rubric.versionId }).where(eq(rounds.id, round.id)),
  )
  expect(readFileSync(only()).equals(kept)).toBe(true)
  expect(await file()).toBeNull()
  expect(await withFile()).toEqual([])
  expect(await anew()).toEqual([])
  expect(rubric.versionId).not.toBe(other.rubric.versionId)
})

it('works without a folder it may write to, and says so to whoever asked it to write', async () => {
  const { rateAll, store, rubric, withFile, anew } = await setUp()
  await rateAll()
  mkdirSync(env().dataDir)
  writeFileSync(join(env().dataDir, 'cache'), 'not a folder')
  const read = store.read
  const before = rowsOf(await ratingsInForce(read, rubric.versionId))
  await expect(keepRatingsInForce(read, 1)).rejects.toThrow(/ENOTDIR|EEXIST/)
  expect(rowsOf(await ratingsInForce(read, rubric.versionId))).toEqual(before)
  expect(await withFile()).toEqual(await anew())
})

it('keeps no more than twenty files, and nothing for long that a process left half written', async () => {
  const { rateAll, keep } = await setUp()
  await rateAll()
  mkdirSync(folder, { recursive: true })
  const long = new Date(Date.now() - 3 * 60 * 60_000)
  for (let i = 0; i < 25; i++) {
    writeFileSync(join(folder, `old-${i}`), 'x')
    utimesSync(join(folder, `old-${i}`), long, new Date(long.getTime() + 1_000 * i))
  }
  writeFileSync(join(folder, 'a.unfinished'), 'x')
  utimesSync(join(folder, 'a.unfinished'), long, long)
  writeFileSync(join(folder, 'b.unfinished'), 'x')
  await keep()
  const left = readdirSync(folder)
  expect(left).not.toContain('a.unfinished')
  expect(left).toContain('b.unfinished')
  expect(left.filter((name) => name.startsWith('old-'))).toHaveLength(19)
  expect(left).not.toContain('old-5')
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true })
})

/** Puts one of two contents into the file's place again and again, until it is killed. */
const WRITING = `
  import { putBytes } from './app/evaluation/ratings/in-force/file/folder.ts'
  const contents = [1, 2].map((byte) => Buffer.alloc(20_000_000, byte))
  for (let i = 0; ; i++) {
    await putBytes(process.argv[1], 'file', contents[i % 2])
    if (i === 0) console.log('begun')
  }`

it('leaves a whole file behind when it is killed while it writes', async () => {
  for (const ms of [3, 17, 31]) {
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', WRITING, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    await new Promise((resolve) => setTimeout(resolve, ms))
    child.kill('SIGKILL')
    await once(child, 'exit')
    const bytes = readFileSync(join(folder, 'file'))
    expect(bytes).toHaveLength(20_000_000)
    expect(bytes.equals(Buffer.alloc(20_000_000, bytes[0]))).toBe(true)
  }
})

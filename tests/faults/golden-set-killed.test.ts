/** Import, sampling and rotation, killed at random points: each is done or not done at all, and goes on when started again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { copyFileSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { asc, eq } from 'drizzle-orm'
import { build } from 'vite'
import { beforeAll, expect, it } from 'vitest'
import { faultOf, wholeChain } from '#app/evaluation/audit/verify.ts'
import { seededRandom } from '#app/stats/random.ts'
import { migrate } from '#db/migrate.server.ts'
import { cases } from '#db/schema/cases.ts'
import { poolMoves, rotations, samplings } from '#db/schema/pools.ts'
import { sealedTexts, seals } from '#db/schema/seal.ts'
import { traces } from '#db/schema/traces.ts'
import { addProject } from '#db/seed/rows.ts'
import { openStore, type Store } from '#db/store.server.ts'
import { ownFolder } from '#tests/support/files.ts'

const KILLS = 50
/** Each on databases of its own, at the same time. */
const LINES = 2
const TRACES = 600
const PATIENCE_MS = 30_000

const files = ownFolder()
let program: string
let input: string

beforeAll(async () => {
  const outDir = files.path('program')
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: 'tests/support/golden-set-steps.ts',
      outDir,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'steps.mjs' } },
    },
  })
  symlinkSync(resolve('node_modules'), join(outDir, 'node_modules'))
  program = join(outDir, 'steps.mjs')
  input = files.jsonl(
    'traces.jsonl',
    Array.from({ length: TRACES }, (_, i) => ({
      key: `trace-${i}`,
      input: `Question ${i}? ${'words '.repeat(30)}`,
      documents: [{ title: `Page ${i}`, text: `What the page ${i} says. ${'more '.repeat(30)}` }],
      response: `Answer ${i}. ${'words '.repeat(40)}`,
      category: ['reasoning', 'refusal', 'generation'][i % 3],
      user_segment: ['novice', 'expert'][i % 2],
    })),
  )
  const empty = files.path('empty.sqlite')
  await migrate(`file:${empty}`)
  const store = openStore(`file:${empty}`)
  await store.write((tx) => addProject(tx, { slug: 'killed' }))
  await store.close()
})

/** The program on a database; resolves when it stands at its first step. */
async function start(database: string): Promise<{ child: ChildProcess; ended: Promise<boolean> }> {
  const child = spawn(process.execPath, [program, `file:${database}`, input], {
    env: { ...process.env, DATABASE_URL: `file:${database}`, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  const ended = new Promise<boolean>((done) => child.on('exit', () => done(said.includes('done'))))
  await new Promise<void>((ready, fail) => {
    const late = setTimeout(() => fail(new Error('the program did not begin')), PATIENCE_MS)
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      clearTimeout(late)
      ready()
    })
  })
  return { child, ended }
}

let lives = 0
function freshDatabase(): string {
  const path = files.path(`life-${++lives}.sqlite`)
  copyFileSync(files.path('empty.sqlite'), path)
  return path
}

/** Runs through to the end without harm; returns how long that takes and what comes of it. */
async function unharmed(): Promise<{ ms: number; outcome: unknown }> {
  const database = freshDatabase()
  const { ended } = await start(database)
  const since = performance.now()
  expect(await ended).toBe(true)
  return { ms: performance.now() - since, outcome: await outcomeOf(database) }
}

it(`are whole after each of ${KILLS} kills`, { timeout: 180_000 }, async () => {
  const { ms, outcome } = await unharmed()
  const stages = new Set<string>()
  const line = async (seed: number) => {
    const random = seededRandom(seed)
    let database = freshDatabase()
    for (let kills = 0; kills < KILLS / LINES; ) {
      const { child, ended } = await start(database)
      const kill = setTimeout(() => child.kill('SIGKILL'), random.uniform() * 0.7 * ms)
      const done = await ended
      clearTimeout(kill)
      if (done) {
        expect(await outcomeOf(database)).toEqual(outcome)
        database = freshDatabase()
      } else {
        kills += 1
        stages.add(await wholeness(database))
      }
    }
    const { ended } = await start(database)
    expect(await ended).toBe(true)
    expect(await outcomeOf(database)).toEqual(outcome)
  }
  await Promise.all(Array.from({ length: LINES }, (_, i) => line(i + 1)))
  // The kills fell into different steps, or the test says little.
  expect(stages.size).toBeGreaterThanOrEqual(3)
})

async function opened<T>(database: string, look: (store: Store) => Promise<T>): Promise<T> {
  const store = openStore(`file:${database}`)
  try {
    return await look(store)
  } finally {
    await store.close()
  }
}

/** Which case is in which pool in the end: the same whatever happened on the way. */
const outcomeOf = (database: string): Promise<unknown> =>
  opened(database, async ({ read }) => {
    const rows = await read.select().from(cases).orderBy(asc(cases.key))
    const current = rows.filter(({ archivedAt }) => archivedAt === null)
    return current.map(({ key, pool, sealed }) => `${key} ${pool} ${sealed}`)
  })

/** Holds what is in the database against itself; returns how far it has come. */
const wholeness = (database: string): Promise<string> =>
  opened(database, async (store) => {
    const { read } = store
    const traced = await read.select().from(traces)
    const drawn = await read.select().from(samplings)
    const turned = await read.select().from(rotations)
    const made = await read.select().from(cases)
    const moves = await read.select().from(poolMoves).orderBy(asc(poolMoves.caseId), asc(poolMoves.number))
    expect([0, TRACES]).toContain(traced.length)
    for (const { id } of drawn) expect(moves.filter((move) => move.samplingId === id).length).toBeGreaterThan(0)
    for (const { id, doneAt, undoneAt } of turned) {
      const own = moves.filter((move) => move.rotationId === id)
      expect(own.filter(({ movedAt }) => movedAt === doneAt)).toHaveLength(own.length / (undoneAt === null ? 1 : 2))
    }
    const last = new Map(moves.map((move) => [move.caseId, move.toPool]))
    expect(made.map(({ id, pool }) => [id, pool])).toEqual(made.map(({ id }) => [id, last.get(id)]))
    const locked = new Set(
      (await read.select().from(sealedTexts).where(eq(sealedTexts.kind, 'case'))).map(({ id }) => id),
    )
    const sealedSince = new Set(
      (await read.select().from(seals)).filter(({ endedAt }) => endedAt === null).map((seal) => seal.caseId),
    )
    for (const { id, pool, sealed, input: text, archivedAt } of made) {
      expect([sealed, locked.has(id), sealedSince.has(id)]).toEqual([sealed, sealed, sealed])
      if (pool === 'holdout') expect(sealed).toBe(true)
      expect(text === '').toBe(sealed || archivedAt !== null)
    }
    for (const { state, caseId } of traced) expect(state === 'sampled').toBe(caseId !== null)
    let before = { number: 0, hash: '0'.repeat(64) }
    for await (const page of wholeChain(store)) {
      for (const entry of page) {
        expect(faultOf(entry, before)).toBeNull()
        before = entry
      }
    }
    return [
      traced.length > 0,
      drawn.length,
      turned.length,
      turned.filter(({ undoneAt }) => undoneAt !== null).length,
    ].join(' ')
  })

import { spawn } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { count } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { importFile } from '#app/evaluation/imports/run.ts'
import { engine } from '#db/dialect.ts'
import { migrate } from '#db/migrate.server.ts'
import { cases, documents } from '#db/schema/cases.ts'
import { addPerson, addProject, scopeOf } from '#db/seed/rows.ts'
import { openStore } from '#db/store.server.ts'
import { ownFolder } from '#tests/support/files.ts'

const files = ownFolder()

const CASES = 20_000
const UNDER_WAY_BYTES = 2_000_000

it.skipIf(engine !== 'sqlite')(
  'an import that is killed half-way has stored nothing, and can be run again',
  async () => {
    const url = `file:${files.path('killed.sqlite')}`
    await migrate(url)
    const before = openStore(url)
    const owner = await before.write(async (tx) => {
      const project = await addProject(tx, { slug: 'killed' })
      return scopeOf(await addPerson(tx, project, ['owner']), project, ['owner'])
    })
    await before.close()
    const path = files.jsonl(
      'many.jsonl',
      Array.from({ length: CASES }, (_, i) => ({
        key: `c${i}`,
        input: `Question ${i}? ${'words '.repeat(40)}`,
        category: 'reasoning',
        user_segment: 'novice',
        documents: [`Document of ${i}`],
      })),
    )

    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'scripts/assay.ts', 'import', 'cases', path, '--project', 'killed'],
      { env: { ...process.env, DATABASE_URL: url }, stdio: 'ignore' },
    )
    const ended = new Promise<NodeJS.Signals | null>((done) => child.on('exit', (_, signal) => done(signal)))
    const log = files.path('killed.sqlite-wal')
    const underWay = () => existsSync(log) && statSync(log).size > UNDER_WAY_BYTES
    await expect.poll(underWay, { timeout: 50_000, interval: 5 }).toBe(true)
    child.kill('SIGKILL')
    expect(await ended).toBe('SIGKILL')

    const store = openStore(url)
    for (const table of [cases, documents]) {
      const [row] = await store.read.select({ n: count() }).from(table)
      expect(row?.n).toBe(0)
    }
    const report = await importFile(store, owner, { kind: 'cases', path, fileName: 'many.jsonl' })
    expect(report).toMatchObject({ added: CASES, unchanged: 0 })
    await store.close()
  },
)

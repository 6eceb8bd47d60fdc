import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { count, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#app/ambient.ts'
import { takeHand } from '#app/evaluation/queue/take.ts'
import { submitRating } from '#app/evaluation/ratings/submit.ts'
import { answering } from '#app/http/responses.ts'
import { engine } from '#db/dialect.ts'
import { migrate } from '#db/migrate.server.ts'
import { projects } from '#db/schema/people.ts'
import { ratings } from '#db/schema/ratings.ts'
import { assignments } from '#db/schema/rounds.ts'
import { addProject } from '#db/seed/rows.ts'
import { openSqlite } from '#db/sqlite.server.ts'
import type { Store } from '#db/store.server.ts'
import { addPanel, scored } from '#tests/support/rating.ts'
import { freshStore } from '#tests/support/store.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-faults-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe.runIf(engine === 'sqlite')('a database that another process holds', () => {
  it('is waited for without holding the event loop, and then written', async () => {
    const path = join(folder, 'held.sqlite')
    await migrate(`file:${path}`)
    const store = openSqlite(`file:${path}`)
    const other = new Sqlite(path)
    other.exec('begin immediate')
    let written = false
    const writing = store
      .write((tx) => addProject(tx, { slug: 'late' }))
      .then(() => {
        written = true
      })
    // Were the loop held, these turns of it would take the half minute for which the store waits.
    for (let i = 0; i < 20; i++) await pause(10)
    expect(written).toBe(false)
    expect(await store.read.select({ n: count() }).from(projects)).toEqual([{ n: 0 }])
    other.exec('rollback')
    await writing
    expect(await store.read.select({ n: count() }).from(projects)).toEqual([{ n: 1 }])
    other.close()
    await store.close()
  })
})

describe.runIf(engine === 'sqlite')('a full disk', () => {
  const pragma = async (store: Store, text: string) => {
    const reader = store.read as unknown as { get: (query: unknown) => Promise<Record<string, number>> }
    return reader.get(sql.raw(`pragma ${text}`))
  }

  it('is told to the rater; the item stays in hand, and the same submission is stored once there is room', async () => {
    const store = await freshStore()
    const panel = await addPanel(store)
    const [rater] = panel.raters
    if (!rater) throw new Error('no rater')
    const [assignment = ''] = (await takeHand(store, rater, panel.round)).order
    const content = scored(panel.rubric, 3, { betterAnswer: 'A long better answer. '.repeat(500) })
    const submission = { assignment, submissionId: newId(), content }
    const { page_count: pages = 0 } = await pragma(store, 'page_count')
    await pragma(store, `max_page_count = ${pages}`)

    const refused = await answering(() => submitRating(store, rater, panel.round, submission)).catch((r: unknown) => r)
    expect(refused).toBeInstanceOf(Response)
    expect((refused as Response).status).toBe(503)
    expect(await (refused as Response).json()).toMatchObject({ problem: { code: 'disk-full' } })
    expect(await store.read.select({ n: count() }).from(ratings)).toEqual([{ n: 0 }])
    const states = await store.read.select({ id: assignments.id, state: assignments.state }).from(assignments)
    expect(states).toContainEqual({ id: assignment, state: 'leased' })

    await pragma(store, 'max_page_count = 1000000')
    await submitRating(store, rater, panel.round, submission)
    await submitRating(store, rater, panel.round, submission)
    expect(await store.read.select({ n: count() }).from(ratings)).toEqual([{ n: 1 }])
  })
})

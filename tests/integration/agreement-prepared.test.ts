import { existsSync, readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Scope } from '#app/auth/permissions.ts'
import { agreementIn } from '#app/evaluation/agreement/agreement.ts'
import { COMPUTING } from '#app/evaluation/agreement/computing.server.ts'
import { NO_FILTER } from '#app/evaluation/agreement/filter.ts'
import { prepareAgreement, prepareAtStart } from '#app/evaluation/agreement/prepare.server.ts'
import { isThere } from '#app/evaluation/computing/elsewhere.server.ts'
import { folderIn } from '#app/evaluation/ratings/in-force/file/folder.ts'
import { keptInFile } from '#app/evaluation/ratings/in-force/file/keep.ts'
import { dimensionsOf } from '#app/evaluation/rubrics/read.ts'
import { engine } from '#db/dialect.ts'
import { openStore } from '#db/store.server.ts'
import { fillRatings } from '#scripts/bench/agreement/fill-ratings.ts'
import { fillRound } from '#scripts/bench/fill.ts'
import { ownFolder } from '#tests/support/files.ts'

const files = ownFolder()
const ITEMS = 1_400

it.runIf(engine === 'sqlite')(
  'the figures of many ratings are there before they are asked for, and what was read in a file for the next process',
  async () => {
    process.env.DATA_DIR = files.path('data')
    const filled = await fillRound(files.path('a.sqlite'), ITEMS, 5)
    fillRatings(filled, ITEMS)
    const store = openStore(filled.url)
    const rater = filled.raters[0] as Scope
    const lead: Scope = { ...rater, roles: ['lead'] }
    const there = () => isThere('milliseconds', filled.url)

    await prepareAgreement(store, rater)
    expect(there()).toBe(false)
    await prepareAgreement(store, lead)
    expect(there()).toBe(true)

    // computed anew it would be another object
    const { figures } = await agreementIn(store, lead, NO_FILTER, COMPUTING)
    expect(figures?.ratings).toBe(3 * ITEMS)
    await prepareAtStart(store.read)
    expect((await agreementIn(store, lead, NO_FILTER, COMPUTING)).figures).toBe(figures)

    const folder = folderIn(files.path('data'))
    await expect
      .poll(() => existsSync(folder) && readdirSync(folder).some((name) => /^\w{40}$/.test(name)), { timeout: 30_000 })
      .toBe(true)
    const { versionId } = filled.rubric
    const saved = await keptInFile(store.read, versionId, await dimensionsOf(store.read, versionId))
    expect(saved?.columns.rows).toBe(3 * ITEMS)
    await store.close()
  },
)

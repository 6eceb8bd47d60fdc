/**
 * Plants a mark in everything that can be written of sealed cases, and looks for it wherever somebody could come upon it:
 * in the database and its files, the data folder, exports, what is logged of failures, and what every route answers everybody.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scope } from '#app/auth/permissions.ts'
import { openSession } from '#app/auth/session.server.ts'
import { storedCases } from '#app/evaluation/cases/files/stored.ts'
import { listCases } from '#app/evaluation/cases/list.ts'
import { scanFiles } from '#app/evaluation/contamination/scan.ts'
import { importFile } from '#app/evaluation/imports/run.ts'
import { takeHand } from '#app/evaluation/queue/take.ts'
import { correctRating } from '#app/evaluation/ratings/correct.ts'
import { saveDraft } from '#app/evaluation/ratings/draft.ts'
import { exportRatings } from '#app/evaluation/ratings/export.ts'
import { flagItem } from '#app/evaluation/ratings/flag.ts'
import { submitRating } from '#app/evaluation/ratings/submit.ts'
import { wipeAfterSealing } from '#app/evaluation/seal/wipe.ts'
import { listTraces } from '#app/evaluation/traces/list.ts'
import { errorForLog } from '#app/log.server.ts'
import { engine } from '#db/dialect.ts'
import { ROLES } from '#db/schema/roles.ts'
import { sealedTexts } from '#db/schema/seal.ts'
import {
  type AddedRubric,
  addPerson,
  addProject,
  addRound,
  addRubric,
  addSystemVersion,
  type Person,
  type Project,
  scopeOf,
} from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { exportFrom } from '#scripts/assay/audit.ts'
import { scored } from '#tests/support/rating.ts'
import { ask, type Params, routes } from '#tests/support/routes.ts'
import { addWholeCase, sealAway, textsWith, type WholeCase } from '#tests/support/sealed.ts'
import { serveFrom } from '#tests/support/server-store.ts'
import { freshStoreIn, wholeDatabase } from '#tests/support/store.ts'

const MARK = 'Zxqvmarkofwhatissealed'
const SLOW_MS = 180_000

/** The pages on which a rater rates an item, or looks back on one. */
const RATERS_MAY_READ = ['rate/page.tsx', 'rate/own-rating.tsx']

let folder = ''
let store: Store
let project: Project
let rubric: AddedRubric
const sealed: WholeCase[] = []
let round = ''
let assignment = ''
const people = {} as Record<(typeof ROLES)[number] | 'second', Person>
const scope = (who: keyof typeof people): Scope => scopeOf(people[who], project, [who === 'second' ? 'rater' : who])

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-mark-'))
  store = await freshStoreIn(folder)
  serveFrom(store)
  await store.write(async (tx) => {
    project = await addProject(tx)
    rubric = await addRubric(tx, project)
    const system = await addSystemVersion(tx, project, 'v1')
    for (const role of ROLES) people[role] = await addPerson(tx, project, [role], { passwordHash: 'none' })
    people.second = await addPerson(tx, project, ['rater'])
    for (let i = 0; i < 3; i++) {
      sealed.push(await addWholeCase(tx, project, system.id, textsWith(`${MARK} ${i}`, `case-${i}`)))
    }
    const raters = [people.rater.id]
    round = (await addRound(tx, project, rubric.versionId, raters, sealed, { referencesShown: 'always', overlap: 2 }))
      .id
  })
  expect(await onDisk()).toContain(MARK)
  await store.write((tx) =>
    sealAway(
      tx,
      project,
      sealed.map(({ caseId }) => caseId),
    ),
  )
  await wipeAfterSealing(store)
  await importMore()
  await rate()
}, SLOW_MS)
afterAll(async () => {
  if (engine === 'sqlite') await store.close()
  rmSync(folder, { recursive: true })
})

/** What arrives of a sealed case later. */
async function importMore(): Promise<void> {
  const upload = mkdtempSync(join(tmpdir(), 'assay-mark-upload-'))
  const file = (name: string, records: object[]) => {
    const path = join(upload, name)
    writeFileSync(path, records.map((one) => `${JSON.stringify(one)}\n`).join(''))
    return { path, fileName: name }
  }
  const answer = { case: 'case-0', system_version: 'v2', text: `Another answer, ${MARK}`, metadata: { about: MARK } }
  const reference = { case: 'case-0', quality: 'high', text: `Another reference, ${MARK}` }
  const rating = { case: 'case-0', system_version: 'v1', rater: people.second.email, dimension: 'accuracy', score: 3 }
  const ratings = [rating, { ...rating, dimension: 'groundedness' }].map((one) => ({ ...one, note: `Said, ${MARK}` }))
  const owner = scope('owner')
  const first = await importFile(store, owner, { kind: 'responses', ...file('responses.jsonl', [answer]), options: {} })
  const again = await importFile(store, owner, { kind: 'responses', ...file('responses.jsonl', [answer]), options: {} })
  expect([first.added, again.added, again.unchanged]).toEqual([1, 0, 1])
  await importFile(store, owner, { kind: 'references', ...file('references.jsonl', [reference]), options: {} })
  const options = { round: 'Elsewhere', rubric: { key: rubric.key, version: 1 } }
  await importFile(store, owner, { kind: 'ratings', ...file('ratings.jsonl', ratings), options })
  rmSync(upload, { recursive: true })
}

/** One rating with all that can be said in words, corrected; one draft; one flag. */
async function rate(): Promise<void> {
  const rater = scope('rater')
  const content = { ...scored(rubric, 2), betterAnswer: `Better, ${MARK}`, closest: 'high' as const }
  for (const score of Object.values(content.scores)) score.note = `A note, ${MARK}`
  const dimension = rubric.dimensions[0]?.id ?? ''
  content.evidence.push({ dimension, source: 0, start: 1, end: 9, quote: `Quoted, ${MARK}` })
  const hand = await takeHand(store, rater, round)
  const [first = '', second = ''] = hand.order
  assignment = first
  await saveDraft(store, rater, round, { assignment: first, content })
  await submitRating(store, rater, round, { assignment: first, submissionId: 'submission-1', content })
  const corrected = { ...content, betterAnswer: `Best, ${MARK}` }
  await correctRating(store, rater, round, {
    assignment: first,
    submissionId: 'submission-2',
    revision: 1,
    content: corrected,
  })
  await flagItem(store, rater, round, { assignment: second, kind: 'other', note: `Look, ${MARK}` })
  await saveDraft(store, rater, round, { assignment: second, content })
}

const filesIn = (under: string): string[] =>
  readdirSync(under, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

/** The bytes of the data folder, with the database and its log where that is SQLite; else every row of every table. */
async function onDisk(): Promise<string> {
  const bytes = filesIn(folder).map((path) => readFileSync(path, 'latin1'))
  return [...bytes, await wholeDatabase(store)].join('\n')
}

describe('the mark of sealed cases', () => {
  it('is in no file of the data folder, no log of the database, no row of a table', async () => {
    const all = await onDisk()
    expect(all.includes('case-0')).toBe(true)
    expect(all.includes(MARK)).toBe(false)
    expect((await store.read.select().from(sealedTexts)).length).toBeGreaterThan(15)
  })

  it('is in no export and no output of the command line', async () => {
    let text = ''
    for (const format of ['csv', 'jsonl'] as const) {
      for await (const piece of exportRatings(store, scope('lead'), { all: true }, format)) text += piece
    }
    expect(text).toContain('case-0')
    await exportFrom(store, { stdout: (more) => (text += more), stderr: () => undefined })
    expect(text).toContain('rating.submitted')
    const files = await storedCases(store.read, scope('owner'))
    expect(files.cases.size).toBe(3)
    text += JSON.stringify([[...files.cases], [...files.documents]])
    const leaked = join(folder, 'prompts.txt')
    const words = textsWith(`${MARK} 0`)
    writeFileSync(leaked, `${words.references.high} ${words.input}\n`)
    text += JSON.stringify(await scanFiles(store.read, project.id, [{ path: leaked, name: 'prompts.txt' }]))
    rmSync(leaked)
    expect(text).not.toContain(MARK)
  })

  it('is found by no search', async () => {
    const filter = { category: null, userSegment: null, page: 1, size: 50 }
    const cases = { ...filter, references: 'any', state: 'current', order: 'key', pool: null } as const
    const search = MARK.toLowerCase()
    const found = await listCases(store, scope('owner'), { ...cases, search } as Parameters<typeof listCases>[2])
    const traces = await listTraces(store, scope('owner'), {
      ...filter,
      system: null,
      set: 'all',
      order: 'key',
      search,
    })
    expect([found.total, traces.total]).toEqual([0, 0])
  })

  it(
    'is sent to nobody but the rater who holds the item, on the pages where it is rated or looked back on',
    async () => {
      const known: Params = {
        project: project.slug,
        case: sealed[0]?.caseId ?? '',
        trace: sealed[0]?.traceIds[0] ?? '',
        round,
        assignment,
        version: rubric.versionId,
        rubric: rubric.key,
        person: people.rater.id,
      }
      const told: string[] = []
      let asked = 0
      for (const [who, person] of Object.entries(people)) {
        const cookie = (await openSession(person.id, 'a browser')).split(';')[0] ?? ''
        const headers = { 'Sec-Fetch-Site': 'same-origin', Origin: 'http://localhost:3000', Cookie: cookie }
        for (const route of routes) {
          const params = Object.fromEntries(route.params.map((name) => [name, known[name] ?? 'nothing']))
          for (const kind of ['loader', 'action'] as const) {
            // Signing out would end the walk.
            if (!(await route.load())[kind] || route.file.endsWith('sign-out.ts')) continue
            const { text } = await ask(route, kind, { params, headers })
            asked += 1
            if (text.includes(MARK)) told.push(`${who} ${route.file.replace('routes/', '')}`)
          }
        }
      }
      expect(asked).toBeGreaterThan(500)
      expect([...new Set(told)].sort()).toEqual(RATERS_MAY_READ.map((file) => `rater ${file}`).sort())
    },
    SLOW_MS,
  )

  it('is in nothing that is logged of an opening that fails', async () => {
    await store.write((tx) =>
      tx
        .update(sealedTexts)
        .set({ sealed: sql`'AAAAAAAA' || substr(${sealedTexts.sealed}, 9)` })
        .where(eq(sealedTexts.kind, 'response')),
    )
    const lines: string[] = []
    const logger = pino({ serializers: { err: errorForLog } }, { write: (line: string) => void lines.push(line) })
    const failed = await takeHand(store, scope('rater'), round).catch((error: unknown) => error)
    logger.error({ err: failed }, 'a request failed')
    expect(lines.join('')).toMatch(/The sealed response .* cannot be opened/)
    expect(lines.join('')).not.toContain(MARK)
  })
})

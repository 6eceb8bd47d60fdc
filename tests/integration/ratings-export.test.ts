import { parse } from 'csv-parse/sync'
import { beforeEach, expect, it } from 'vitest'
import { newId } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { takeHand } from '#app/evaluation/queue/take.ts'
import { correctRating } from '#app/evaluation/ratings/correct.ts'
import { type ExportFilter, type ExportFormat, exportRatings } from '#app/evaluation/ratings/export.ts'
import { COLUMNS, type ExportRow } from '#app/evaluation/ratings/export-rows.ts'
import { submitRating } from '#app/evaluation/ratings/submit.ts'
import { undoSubmit } from '#app/evaluation/ratings/undo.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import { items } from '#db/schema/rounds.ts'
import type { Store } from '#db/store.server.ts'
import { addPanel, type Panel, scored } from '#tests/support/rating.ts'
import { freshStore } from '#tests/support/store.ts'

let store: Store
beforeEach(async () => {
  store = await freshStore()
})

async function exported(scope: Scope, filter: ExportFilter, format: ExportFormat): Promise<string> {
  let text = ''
  for await (const piece of exportRatings(store, scope, filter, format)) text += piece
  return text
}

const rowsOf = async (scope: Scope, filter: ExportFilter = {}): Promise<ExportRow[]> =>
  (await exported(scope, filter, 'jsonl'))
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ExportRow)

/** Two ratings; the second was taken back once and corrected once. */
async function ratedPanel(): Promise<Panel> {
  const panel = await addPanel(store, { items: 2, raters: 1, overlap: 1 })
  const [rater] = panel.raters as [Scope]
  const [a, b] = panel.rubric.dimensions
  const { order } = await takeHand(store, rater, panel.round)
  const content = scored(panel.rubric, 3, {
    evidence: [{ dimension: b?.id ?? '', source: 'response', start: 1, end: 4, quote: 'abc' }],
    betterAnswer: '=1+1, "quoted"\r\nand a second line',
    activeMs: 0,
  })
  content.scores[a?.id ?? ''] = { level: null, cannotJudge: 'no source', note: '-5 degrees' }
  await submitRating(store, rater, panel.round, { assignment: order[0] ?? '', submissionId: newId(), content })
  const again = { assignment: order[1] ?? '', content: scored(panel.rubric, 1) }
  await submitRating(store, rater, panel.round, { ...again, submissionId: newId() })
  await undoSubmit(store, rater, panel.round, again)
  await submitRating(store, rater, panel.round, { ...again, submissionId: newId() })
  const correction = { ...again, submissionId: newId(), revision: 2, content: scored(panel.rubric, 4) }
  await correctRating(store, rater, panel.round, correction)
  return panel
}

it('writes one row a dimension with its provenance, ratings in force only', async () => {
  const panel = await ratedPanel()
  const rows = await rowsOf(panel.lead)
  expect(rows).toHaveLength(4)
  expect(Object.keys(rows[0] ?? {})).toEqual([...COLUMNS])
  expect(rows[0]).toMatchObject({
    round: 'November round',
    reason: 'audit',
    selection_probability: 1,
    category: 'factual lookup',
    user_segment: 'novice',
    system_version: 'assistant-2026-05',
    rubric_version: 1,
    dimension: 'accuracy',
    level: null,
    cannot_judge: 'no source',
    note: '-5 degrees',
    evidence: [],
    rater: 'Rater 1',
    source: 'app',
    simulated: null,
    revision: 1,
    superseded_at: null,
  })
  expect(rows[1]).toMatchObject({
    dimension: 'groundedness',
    level: 3,
    evidence: [{ source: 'response', start: 1, end: 4, quote: 'abc' }],
  })
  expect(rows[2]).toMatchObject({ level: 4, revision: 3, superseded_because: null })
  expect(new Date(rows[0]?.submitted_at ?? '').toISOString()).toBe(rows[0]?.submitted_at)
})

it('adds what was superseded when asked to', async () => {
  const panel = await ratedPanel()
  const rows = await rowsOf(panel.lead, { roundId: panel.round, all: true })
  expect(rows.map((row) => [row.revision, row.superseded_because, row.level])).toEqual([
    [1, null, null],
    [1, null, 3],
    [3, null, 4],
    [3, null, 4],
    [1, 'undo', 1],
    [1, 'undo', 1],
    [2, 'correction', 1],
    [2, 'correction', 1],
  ])
})

it('says the same in CSV, to the letter', async () => {
  const panel = await ratedPanel()
  const filter = { all: true }
  const csv = await exported(panel.lead, filter, 'csv')
  const parsed = parse(csv, { columns: true, record_delimiter: '\r\n' }) as Record<string, string>[]
  const plain = (value: unknown) =>
    value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
  const rows = await rowsOf(panel.lead, filter)
  expect(parsed).toEqual(rows.map((row) => Object.fromEntries(COLUMNS.map((column) => [column, plain(row[column])]))))
})

it('pages through any number of ratings without losing or doubling one', async () => {
  const panel = await addPanel(store, { items: 1, raters: 1, overlap: 1 })
  const [rater] = panel.raters as [Scope]
  const [item] = panel.items as [string]
  const many = 1_203
  await store.write(async (tx) => {
    await tx.update(items).set({ needed: many })
    for (let start = 0; start < many; start += 401) {
      const made = Array.from({ length: 401 }, (_, i) => ({
        id: newId(),
        itemId: item,
        roundId: panel.round,
        raterId: rater.user.id,
        rubricVersionId: panel.rubric.versionId,
        submissionId: newId(),
        revision: start + i + 1,
        source: 'app' as const,
        evidence: [],
        submittedAt: 1_700_000_000_000,
        // Two thirds are superseded, many of them in the same millisecond.
        supersededAt: i % 3 === 0 ? null : 1_700_000_000_001 + (i % 2),
        supersededBecause: i % 3 === 0 ? null : ('correction' as const),
      }))
      await tx.insert(ratings).values(made)
      await tx
        .insert(scores)
        .values(made.map(({ id }) => ({ ratingId: id, dimensionId: panel.rubric.dimensions[0]?.id ?? '', level: 2 })))
    }
  })
  const rows = await rowsOf(panel.lead, { all: true })
  expect(rows).toHaveLength(many)
  expect(new Set(rows.map((row) => row.rating_id)).size).toBe(many)
  expect(await rowsOf(panel.lead)).toHaveLength(rows.filter((row) => row.superseded_at === null).length)
})

it('is for those who may read ratings, and for their own project', async () => {
  const panel = await ratedPanel()
  const elsewhere = await addPanel(store)
  await expect(rowsOf(panel.raters[0] as Scope)).rejects.toMatchObject({ kind: 'forbidden' })
  await expect(rowsOf(elsewhere.lead, { roundId: panel.round })).rejects.toMatchObject({ kind: 'missing' })
  expect(await rowsOf(elsewhere.lead)).toEqual([])
})

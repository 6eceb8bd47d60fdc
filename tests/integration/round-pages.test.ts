/** The lead's forms of rounds, anchors and bridges, as a browser without scripts sends them. */
import { count, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Scope } from '#app/auth/permissions.ts'
import { takeHand } from '#app/evaluation/queue/take.ts'
import { anchors, rounds } from '#db/schema/rounds.ts'
import { rubricVersions } from '#db/schema/rubrics.ts'
import { addRubric, addRubricVersion } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { addPanel, type Panel } from '#tests/support/rating.ts'
import { rateAll } from '#tests/support/rounds.ts'
import { serveFrom } from '#tests/support/server-store.ts'
import { freshStore } from '#tests/support/store.ts'
import { type Visit, visitAs } from '#tests/support/visit.ts'

let store: Store
let panel: Panel
let lead: Visit

beforeEach(async () => {
  store = await freshStore()
  serveFrom(store)
  panel = await addPanel(store, { items: 8, raters: 3, overlap: 2, references: ['high', 'borderline'] })
  lead = await visitAs(panel.lead)
})

const rateEverything = async () => {
  for (const rater of panel.raters.slice(0, 2)) await rateAll(store, rater, panel.round, panel.rubric)
}

/** The form as the page first shows it. */
type Form = Record<string, string | string[]>
type Planning = { entry: Form; preview: { warnings: string[]; anchors: object | null; ratings: number } }

const numberOf = async (table: typeof rounds | typeof anchors) => {
  const [row] = await store.read.select({ n: count() }).from(table)
  return row?.n ?? 0
}

const saidIn = (text: string) =>
  (JSON.parse(text) as { data: { entry: Form; preview?: object; faults?: { fields: Record<string, string> } } }).data

describe('the form of a new round', () => {
  const page = 'lead/rounds/new.tsx'

  it('begins with the newest round’s rubric version, references after scoring, and no anchors', async () => {
    await store.write((tx) => addRubric(tx, panel.project))
    const { entry } = await lead.read<Planning>(page)
    expect(entry).toMatchObject({ rubricVersionId: panel.rubric.versionId, referencesShown: 'after', anchors: '0' })

    const newer = await store.write((tx) => addRubricVersion(tx, panel.rubric))
    expect((await lead.read<Planning>(page)).entry.rubricVersionId).toBe(panel.rubric.versionId)
    await store.write((tx) =>
      tx.update(rubricVersions).set({ state: 'retired' }).where(eq(rubricVersions.id, panel.rubric.versionId)),
    )
    expect((await lead.read<Planning>(page)).entry.rubricVersionId).toBe(newer.versionId)
  })

  it('is previewed by a POST that keeps what was entered and makes nothing', async () => {
    const { entry } = await lead.read<Planning>(page)
    const long = 'Read everything. '.repeat(500)
    const { status, text } = await lead.send(page, { ...entry, instructions: long, anchors: '70', intent: 'preview' })
    expect([status, saidIn(text).entry.instructions]).toEqual([200, long])
    expect(saidIn(text).preview).toMatchObject({ matched: 8, ratings: 24, raters: 3, anchors: null })
    const refused = await lead.send(page, { ...entry, anchors: '70' })
    expect(saidIn(refused.text).faults?.fields.anchorShare).toContain('between 0 and 50 %')
    expect(saidIn(refused.text).entry.anchors).toBe('70')
    expect(await numberOf(rounds)).toBe(1)
    const made = await lead.send(page, { ...entry, anchors: '' })
    expect(made.location).toMatch(/\/rounds\/[\w-]+$/)
    expect(await numberOf(rounds)).toBe(2)
  })
})

describe('the pages of anchors', () => {
  const pick = async (over: Form) =>
    lead.send('lead/anchors/page.tsx', { intent: 'pick', response: panel.cases[0]?.responseId ?? '', ...over })

  it('take a response from the search and from a case, and go back where it was picked', async () => {
    const home = `/p/${panel.project.slug}`
    const found = await pick({ q: 'case 1', page: '2' })
    expect(found.location).toBe(`${home}/anchors/pick?q=case+1&page=2`)
    expect((await pick({ case: panel.cases[0]?.caseId ?? '' })).location).toContain(`${home}/cases/`)
    expect((await pick({ case: '//elsewhere.example' })).location).toBe(`${home}/anchors`)
    expect((await pick({ response: 'none' })).status).toBe(404)
    expect((await pick({ intent: 'burn' })).status).toBe(400)
    expect(await numberOf(anchors)).toBe(1)
    type Listed = { anchors: { id: string }[]; counts: object }
    const { anchors: listed } = await lead.read<Listed>('lead/anchors/page.tsx')
    await lead.send('lead/anchors/page.tsx', { intent: 'retire', anchor: listed[0]?.id ?? '' })
    expect((await lead.read<Listed>('lead/anchors/page.tsx', {}, '?state=retired')).counts).toEqual({
      active: 0,
      retired: 1,
    })
    const restored = await lead.send('lead/anchors/page.tsx', { intent: 'restore', anchor: listed[0]?.id ?? '' })
    expect(restored.location).toBe(`${home}/anchors?state=retired`)
    const { responses } = await lead.read<{ responses: { anchor: string | null }[] }>('own/case/page.tsx', {
      case: panel.cases[0]?.caseId ?? '',
    })
    expect(responses[0]?.anchor).toBe('active')
  })

  it('count the candidates of a draw, draw, and keep what was entered wrongly', async () => {
    await rateEverything()
    const page = 'lead/anchors/draw.tsx'
    const { entry } = await lead.read<Planning>(page)
    const counted = await lead.send(page, { ...entry, number: '5', intent: 'preview' })
    expect(saidIn(counted.text).preview).toEqual({ candidates: 8, drawnFrom: 8, taken: 5 })
    const wrong = await lead.send(page, { ...entry, number: 'many', to: 'tomorrow' })
    expect(wrong.status).toBe(400)
    expect(Object.keys(saidIn(wrong.text).faults?.fields ?? {})).toEqual(['to'])
    expect(saidIn(wrong.text).entry.number).toBe('many')
    const none = await lead.send(page, { ...entry, from: '2100-01-01' })
    expect(saidIn(none.text).faults?.fields.pool).toContain('Widen the pool')
    expect(await numberOf(anchors)).toBe(0)
    const drawn = await lead.send(page, { ...entry, number: '5', how: 'screened' })
    expect(drawn.location).toBe(`/p/${panel.project.slug}/anchors?drawn=4`)
    expect(await numberOf(anchors)).toBe(4)
  })
})

describe('the form of a bridge', () => {
  const page = 'lead/rounds/bridge.tsx'
  type Bridging = Planning & { choices: { newer: object[]; older: { id: string }[] } }

  it('says that it needs two versions', async () => {
    expect((await lead.read<Bridging>(page)).choices.newer).toEqual([])
  })

  it('begins with the newest version, the one before it, those who rated under that, and neutral names', async () => {
    await rateEverything()
    const newer = await store.write((tx) => addRubricVersion(tx, panel.rubric))
    const { entry, preview } = await lead.read<Bridging>(page, {}, `?to=${newer.versionId}`)
    expect(entry).toMatchObject({ fromId: panel.rubric.versionId, toId: newer.versionId, rated: 'both' })
    expect(entry.raterIds).toEqual(panel.raters.slice(0, 2).map(({ user }) => user.id))
    expect(`${entry.nameFrom} ${entry.nameTo}`).not.toMatch(/bridge|anchor|version|old|new|first|1|2/i)
    expect(preview).toMatchObject({ candidates: 8, items: 8, ratings: 32 })
    const looked = await lead.send(page, { ...entry, fromId: 'x', intent: 'preview' })
    expect(JSON.stringify(saidIn(looked.text).preview)).toContain('No response can be drawn')

    const previewed = await lead.send(page, { ...entry, items: '3', intent: 'preview' })
    expect(saidIn(previewed.text).preview).toMatchObject({ items: 3, ratings: 12 })
    const wrong = await lead.send(page, { ...entry, nameTo: 'Bridge', since: 'x', minutesPerItem: '' })
    expect(Object.keys(saidIn(wrong.text).faults?.fields ?? {})).toEqual(['since'])
    expect(saidIn(wrong.text).entry.nameTo).toBe('Bridge')
    const named = await lead.send(page, { ...entry, nameTo: 'Bridge' })
    expect(Object.keys(saidIn(named.text).faults?.fields ?? {})).toEqual(['nameTo'])
    expect(await numberOf(rounds)).toBe(1)

    const made = await lead.send(page, entry)
    expect(made.location).toMatch(/\/rounds\/[\w-]+$/)
    expect(await numberOf(rounds)).toBe(3)
    const round = made.location.split('/').at(-1) ?? ''
    const opened = await lead.send('lead/rounds/round.tsx', { intent: 'open' }, { round })
    expect(opened.text).toContain('Both rounds are open')
  })
})

describe('the queue', () => {
  it('says how many items are in other hands when nothing is left', async () => {
    const small = await addPanel(store, { items: 2, raters: 2, overlap: 1 })
    const [ana, ben] = small.raters as [Scope, Scope]
    await takeHand(store, ana, small.round)
    const visit = await visitAs(ben)
    const { elsewhere } = await visit.read<{ elsewhere: number }>('rate/queue.tsx')
    expect(elsewhere).toBe(2)
    await rateAll(store, ana, small.round, small.rubric)
    expect((await visit.read<{ elsewhere: number }>('rate/queue.tsx')).elsewhere).toBe(0)
    // While something is left for oneself, what others hold does not matter.
    const { elsewhere: busy } = await (await visitAs(panel.raters[0] as Scope)).read<{ elsewhere: number }>(
      'rate/queue.tsx',
    )
    expect(busy).toBe(0)
  })
})

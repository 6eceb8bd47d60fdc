/**
 * What a rater's browser gets of a round with anchors and of a bridge, by every loader and action that answers raters, is
 * looked through for what must not be in it: why an item is there, and ids that could tell.
 */
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#app/ambient.ts'
import { can, PERMISSIONS, type Permission } from '#app/auth/permissions.ts'
import { openSession } from '#app/auth/session.server.ts'
import { pickAnchor } from '#app/evaluation/anchors/keep.ts'
import { createBridge } from '#app/evaluation/bridges/create.ts'
import type { Hand, ShownItem, ShownRubric } from '#app/evaluation/queue/shown.ts'
import { createRound } from '#app/evaluation/rounds/create.ts'
import { openRound } from '#app/evaluation/rounds/state.ts'
import { cases, responses, systemVersions } from '#db/schema/cases.ts'
import { anchors, assignments, items, REASONS, rounds } from '#db/schema/rounds.ts'
import { addCase, addReference, addRound, addRubricVersion, addSystemVersion } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { EXPECTED } from '#tests/support/expected-routes.ts'
import { addPanel, type Panel, scored } from '#tests/support/rating.ts'
import { bridgeValuesFor, rateAll, roundValuesFor } from '#tests/support/rounds.ts'
import { ask, type Params, routes } from '#tests/support/routes.ts'
import { serveFrom } from '#tests/support/server-store.ts'
import { freshStore } from '#tests/support/store.ts'

/** Field names and words that would tell; `"anchor":` is the text of a level. */
const TELLING = new RegExp(
  [
    ...REASONS.filter((reason) => reason !== 'reference' && reason !== 'anchor'),
    '(?<!all )anchor(?!\\\\*"?:|s of the levels)',
    'reason',
    'selection.?probability',
    'bridge',
    'reserved',
    'twin',
    'drift',
  ].join('|'),
  'gi',
)

const tellingIn = (text: string): string[] => [...new Set(text.match(TELLING)?.map((word) => word.toLowerCase()))]

/** Some hundred requests: on a busy machine that takes its time. */
const SLOW_MS = 180_000

type Heard = { what: string; text: string }

/** A rater at a browser, who keeps everything that was sent to it. */
class Browser {
  readonly heard: Heard[] = []
  readonly #slug: string
  readonly #cookie: string

  constructor(slug: string, cookie: string) {
    this.#slug = slug
    this.#cookie = cookie
  }

  /** Asks by a route's file, in app/routes/; the body goes as JSON. */
  async ask(file: string, params: Params = {}, body?: object): Promise<string> {
    const route = routes.find((one) => one.file === `routes/${file}`)
    if (!route) throw new Error(`no route ${file}`)
    const headers = {
      'Sec-Fetch-Site': 'same-origin',
      Origin: 'http://localhost:3000',
      Cookie: this.#cookie,
      'Content-Type': 'application/json',
    }
    const { status, text } = await ask(route, body ? 'action' : 'loader', {
      params: { project: this.#slug, ...params },
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    expect([file, status, status < 400 ? '' : text]).toEqual([file, expect.any(Number), ''])
    this.heard.push({ what: `${file} ${body ? 'action' : 'loader'} ${params.round ?? ''}`, text })
    return text
  }
}

type World = {
  store: Store
  panel: Panel
  browser: Browser
  rounds: { plain: string; mixed: string; from: string; to: string }
}

async function world(): Promise<World> {
  const store = await freshStore()
  serveFrom(store)
  const panel = await addPanel(store, { items: 4, raters: 2, overlap: 2, references: ['high', 'borderline'] })
  for (const rater of panel.raters) await rateAll(store, rater, panel.round, panel.rubric)
  for (const { responseId } of panel.cases) await pickAnchor(store, panel.lead, responseId)
  const newer = await store.write((tx) => addRubricVersion(tx, panel.rubric))
  const system = await store.write(async (tx) => {
    const made = await addSystemVersion(tx, panel.project, 'assistant-2026-11')
    for (let i = 0; i < 6; i++) {
      const { caseId } = await addCase(tx, panel.project, made.id, { key: `late-${i}` })
      await addReference(tx, panel.project, caseId, { quality: 'high', text: `high ${i}` })
      await addReference(tx, panel.project, caseId, { quality: 'borderline', text: `borderline ${i}` })
    }
    return made
  })
  const shown = { referencesShown: 'after', instructions: '' } as const
  const mixed = await createRound(
    store,
    panel.lead,
    roundValuesFor(panel, { ...shown, systemVersionIds: [system.id], anchorShare: 0.4 }),
  )
  const bridge = await createBridge(store, panel.lead, bridgeValuesFor(panel, newer.versionId, { ...shown, items: 4 }))
  const late = await store.write((tx) => addCase(tx, panel.project, system.id, { key: 'plain' }))
  const raterIds = panel.raters.map(({ user }) => user.id)
  const plain = await store.write((tx) =>
    addRound(tx, panel.project, panel.rubric.versionId, raterIds, [late], { name: 'Plain', ...shown }),
  )
  for (const id of [mixed.id, bridge.to]) await openRound(store, panel.lead, id)
  const cookie = (await openSession(panel.raters[0]?.user.id ?? '', 'a browser')).split(';')[0] ?? ''
  const browser = new Browser(panel.project.slug, cookie)
  return { store, panel, browser, rounds: { plain: plain.id, mixed: mixed.id, from: bridge.from ?? '', to: bridge.to } }
}

/** What the rating page was given: its data, whether it was drawn here or is to be drawn by the framework. */
function rubricIn(text: string): ShownRubric {
  const loaded = JSON.parse(text) as { props: { rubric: ShownRubric } | null; drawn: { json: string } | null }
  const props = loaded.props ?? (JSON.parse(loaded.drawn?.json ?? '{}') as { rubric: ShownRubric })
  return props.rubric
}

/** Rates a round to its end by the page's own requests, with everything a rater can do on the way; returns all items. */
async function rateThrough({ browser, panel }: World, round: string): Promise<ShownItem[]> {
  const seen = new Map<string, ShownItem>()
  const keep = (hand: Hand) => {
    // As it was first handed out, before anything was entered.
    for (const item of hand.items) if (!seen.has(item.assignment)) seen.set(item.assignment, item)
    return hand.order
  }
  const post = (file: string, body: object) => browser.ask(`rate/${file}.ts`, { round }, body)
  const { dimensions } = rubricIn(await browser.ask('rate/page.tsx', { round }))
  const content = scored({ ...panel.rubric, dimensions: dimensions.map(({ id, key }) => ({ id, key, levels: [] })) })
  const whole = { ...content, closest: 'between' }
  let order = keep(JSON.parse(await post('next', { known: [] })) as Hand)
  for (let turn = 0; order.length > 0; turn++) {
    const assignment = order[0] ?? ''
    await post('draft', { assignment, content })
    await post('item', { assignment })
    if (turn === 1) {
      await post('flag', { assignment, kind: 'other', note: 'odd' })
      order = keep(JSON.parse(await post('skip', { assignment, reason: 'later' })) as Hand)
      order = keep(JSON.parse(await post('take-up', {})) as Hand)
      continue
    }
    await post('reveal', { assignment, content })
    const submission = { assignment, submissionId: newId(), content: whole }
    const answer = JSON.parse(await post('submit', submission)) as Hand
    order = keep(answer)
    if (turn === 0) {
      await post('undo', { assignment, known: [] })
      order = keep(JSON.parse(await post('submit', { ...submission, submissionId: newId() })) as Hand)
      const better = { ...whole, betterAnswer: 'Shorter.' }
      await post('correct', { assignment, submissionId: newId(), revision: 2, content: better })
    }
    await post('lease', {})
  }
  await browser.ask('rate/page.tsx', { round })
  return [...seen.values()]
}

const granted = (asked: string | undefined): boolean =>
  asked === 'signed in' || (asked !== undefined && asked in PERMISSIONS && can(['rater'], asked as Permission))

/** Every page that lets a rater in, with each round, rubric version and rating that they may know of. */
async function readEverything({ store, panel, browser, rounds: three }: World): Promise<void> {
  const own = await store.read
    .select()
    .from(assignments)
    .where(eq(assignments.raterId, panel.raters[0]?.user.id ?? ''))
  const versions = new Set((await store.read.select().from(rounds)).map((round) => round.rubricVersionId))
  const values: Record<string, string[]> = {
    round: Object.values(three),
    version: [...versions],
    assignment: own.map(({ id }) => id),
  }
  for (const { file, params } of routes) {
    if (!granted(EXPECTED[file]?.loader)) continue
    const named = params.filter((name) => name !== 'project')
    if (named.some((name) => !values[name])) continue
    const choices = named.length === 0 ? [{}] : (values[named[0] ?? ''] ?? []).map((v) => ({ [named[0] ?? '']: v }))
    for (const choice of choices) {
      if (file.startsWith('routes/home') || file.includes('missing')) continue
      await browser.ask(file.replace('routes/', ''), choice)
    }
  }
}

let made: World
beforeEach(async () => {
  made = await world()
})

describe('a rater', () => {
  it(
    'cannot tell anchors and bridges from anything that is sent to their browser',
    async () => {
      const { store, browser, rounds: three } = made
      const shown: ShownItem[] = []
      for (const round of [three.mixed, three.from, three.to]) {
        await browser.ask('rate/queue.tsx')
        shown.push(...(await rateThrough(made, round)))
        await browser.ask('rate/last-ten.ts')
      }
      expect(shown).toHaveLength(10 + 4 + 4)
      await readEverything(made)
      expect(browser.heard.length).toBeGreaterThan(120)

      const ids = [
        ...(await store.read.select({ id: items.id }).from(items)),
        ...(await store.read.select({ id: anchors.id }).from(anchors)),
        ...(await store.read.select({ id: responses.id }).from(responses)),
        ...(await store.read.select({ id: cases.id }).from(cases)),
        ...(await store.read.select({ id: systemVersions.id }).from(systemVersions)),
        ...(await store.read.select({ id: systemVersions.name }).from(systemVersions)),
      ].map(({ id }) => id)
      const words = browser.heard.filter(({ what }) => what.startsWith('rate/') || what.startsWith('project'))
      // The drawn page has words of its own ("Control", "All anchors"): those that it has for an ordinary round as well.
      const ordinary = tellingIn(await browser.ask('rate/page.tsx', { round: three.plain }))
      for (const { what, text } of words) {
        const known = what.startsWith('rate/page.tsx') ? ordinary : []
        expect([what, tellingIn(text).filter((word) => !known.includes(word))]).toEqual([what, []])
      }
      expect(ordinary).not.toContain('reason')
      for (const { what, text } of browser.heard) {
        expect([what, ids.filter((id) => text.includes(id))]).toEqual([what, []])
      }
    },
    SLOW_MS,
  )

  it('gets items of every reason in one form, under ids of the moment', async () => {
    const { store, browser, rounds: three } = made
    const shown: ShownItem[] = []
    const begun = newId()
    for (const round of [three.mixed, three.from, three.to]) shown.push(...(await rateThrough(made, round)))
    const rows = await store.read
      .select({ assignment: assignments.id, reason: items.reason })
      .from(assignments)
      .innerJoin(items, eq(items.id, assignments.itemId))
    const reasonOf = new Map(rows.map(({ assignment, reason }) => [assignment, reason]))
    const forms = new Map<string | undefined, Set<string>>()
    for (const item of shown) {
      expect(item.assignment > begun).toBe(true)
      const reason = reasonOf.get(item.assignment)
      const form = JSON.stringify([Object.keys(item), item.referencesFollow, item.references, item.draft])
      forms.set(reason, (forms.get(reason) ?? new Set()).add(form))
    }
    expect([...forms.keys()].sort()).toEqual(['anchor', 'audit', 'bridge'])
    expect(new Set([...forms.values()].flatMap((own) => [...own])).size).toBe(1)
    const history = JSON.parse(await browser.ask('rate/last-ten.ts')) as { ratings: object[] }
    expect(new Set(history.ratings.map((one) => Object.keys(one).join())).size).toBe(1)
  })
})

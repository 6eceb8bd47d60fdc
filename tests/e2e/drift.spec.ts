/** A new version of the rubric, end to end: published, bridged, rated; the drift page says that it moved the mean, and not the raters. */
import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { and, eq } from 'drizzle-orm'
import { newId } from '#app/ambient.ts'
import { hashPassword } from '#app/auth/password.server.ts'
import { normalDraws } from '#app/stats/drift/normal-draws.ts'
import { seededRandom } from '#app/stats/random.ts'
import { hashOf } from '#app/stats/text/hash.ts'
import { users } from '#db/schema/people.ts'
import { assignments, rounds } from '#db/schema/rounds.ts'
import { dimensions } from '#db/schema/rubrics.ts'
import type { Person } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { type Answer, DriftProject } from '#tests/support/drift-project.ts'
import { makeWorkspace, openTestStore, PASSWORD, pageOf, type Workspace } from './support/workspace.ts'

const DAY_MS = 86_400_000
/** What the words of version 2 do to a score. */
const SHIFT = -0.7

type Round = { id: string; version: string; dimension: string }

let store: Store
let workspace: Workspace
let history: DriftProject
const qualityOf = new Map<string, number>()

test.beforeAll(async () => {
  store = openTestStore()
  workspace = await makeWorkspace(store, 'Version two', { Olga: ['owner'], Lea: ['lead'] })
  const passwordHash = await hashPassword(PASSWORD)
  await store.write(async (tx) => {
    history = await DriftProject.make(tx, { raters: 5, project: workspace.project })
    for (const { id } of history.raters) {
      await tx
        .update(users)
        .set({ passwordHash, email: emailOf(id) })
        .where(eq(users.id, id))
    }
    const before = Date.now() - 65 * DAY_MS
    const [live, anchors, later] = [
      await history.addAnswers(tx, 60, { quality: () => 2.9 }),
      await history.addAnswers(tx, 30, { quality: () => 2.6 }),
      await history.addAnswers(tx, 60, { quality: () => 2.9, system: 1 }),
    ]
    for (const answer of [live, anchors, later].flat()) qualityOf.set(answer.responseId, answer.quality)
    const given = [...history.shared(live, 2, 'audit'), ...history.shared(anchors, 3, 'anchor')]
    await history.rate(tx, { at: before, given, name: 'In the old words' })
    await history.addAnchors(tx, anchors as Answer[], before, 'random')
  })
})

test.afterAll(() => store.close())

const emailOf = (id: string) => `${id}@raters.example`
const person = (name: string) => workspace.people[name] as Person
const at = (path: string) => `/p/${workspace.project.slug}/${path}`

/** What a rater gives: the answer's quality, moved by the words they rate by. */
function levelFor(responseId: string, rater: string, version: string): number {
  const noise = normalDraws(seededRandom(hashOf(`${responseId} ${rater} ${version}`, 0)))()
  const moved = version === history.versions[0]?.versionId ? 0 : SHIFT
  // As severe as in the history: nobody changes.
  const own = 0.2 * (history.raters.findIndex(({ id }) => id === rater) - 2)
  return Math.min(4, Math.max(1, Math.round((qualityOf.get(responseId) ?? 2.5) + own + moved + 0.4 * noise)))
}

const IN_A_ROW = 5

/** Rates a few items of a round, as the page does, over HTTP; returns how many. */
async function rateSome(page: Page, rater: Person, { id, version, dimension }: Round): Promise<number> {
  const address = at(`rate/${id}`)
  const headers = { Origin: new URL(page.url()).origin, 'Sec-Fetch-Site': 'same-origin' }
  const send = async (path: string, body: object) => {
    const answer = await page.request.post(`${address}/${path}`, { data: body, headers })
    expect([path, answer.status()]).toEqual([path, 200])
    return (await answer.json()) as { order: string[] }
  }
  let { order } = await send('next', { known: [] })
  let rated = 0
  for (let assignment = order[0]; assignment && rated < IN_A_ROW; assignment = order[0]) {
    const [row] = await store.read
      .select({ responseId: assignments.responseId })
      .from(assignments)
      .where(eq(assignments.id, assignment))
    const score = { level: levelFor(row?.responseId ?? '', rater.id, version), cannotJudge: null, note: '' }
    const content = { scores: { [dimension]: score }, closest: null, betterAnswer: '', evidence: [], activeMs: 9_000 }
    order = (await send('submit', { assignment, submissionId: newId(), content, known: order })).order
    rated += 1
  }
  return rated
}

/** Opens the round that is on screen, and the other half of a bridge with it. */
async function openRound(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Open (the round|both rounds) to/ }).click()
  await expect(page.getByText(/round is open|rounds are open/).first()).toBeVisible()
}

const openRounds = (): Promise<Round[]> =>
  store.read
    .select({ id: rounds.id, version: rounds.rubricVersionId, dimension: dimensions.id })
    .from(rounds)
    .innerJoin(dimensions, eq(dimensions.rubricVersionId, rounds.rubricVersionId))
    .where(and(eq(rounds.projectId, workspace.project.id), eq(rounds.state, 'open')))

/** All raters in turn, a few items at a time, until nothing is open to anybody. */
async function everyoneRates(browser: Browser): Promise<number> {
  const open = await openRounds()
  const pages: { rater: Person; page: Page }[] = []
  for (const rater of history.raters) {
    pages.push({ rater, page: await pageOf(() => browser.newContext(), { email: emailOf(rater.id) }) })
  }
  let all = 0
  for (;;) {
    let rated = 0
    for (const { rater, page } of pages) for (const round of open) rated += await rateSome(page, rater, round)
    if (rated === 0) break
    all += rated
  }
  for (const { page } of pages) await page.context().close()
  return all
}

test('version 2, a bridge, and the cause of the shift', async ({ browser }) => {
  test.setTimeout(240_000)
  const newContext = () => browser.newContext()
  const [first] = history.versions

  await test.step('the owner rewords an anchor and publishes version 2', async () => {
    const page = await pageOf(newContext, person('Olga'))
    await page.goto(at(`rubrics/${first?.versionId}`))
    await page.getByRole('button', { name: 'Draft a new version' }).click()
    await page.waitForURL(/\/edit$/)
    await page.getByRole('textbox', { name: 'Anchor of level 3 of accuracy' }).fill('Nothing in it is wrong at all.')
    await page.getByRole('button', { name: 'Save and publish…' }).click()
    await page.getByLabel('What changes with this version, and why').fill('A three is for answers without any error.')
    await page.getByRole('button', { name: 'Publish version 2 for good' }).click()
    await expect(page.getByText('Published', { exact: true })).toBeVisible()
    await page.context().close()
  })

  const lead = await pageOf(newContext, person('Lea'))
  await test.step('the lead makes a bridge, and a round of new answers with anchors', async () => {
    await lead.goto(at('rounds/bridge'))
    await lead.getByLabel('Responses, drawn at random').fill('40')
    await lead.getByLabel('Raters per response').fill('2')
    for (const { name } of history.raters) await lead.getByLabel(name).check()
    await lead.getByRole('button', { name: 'Make the bridge' }).click()
    await lead.waitForURL(/\/rounds\/[0-9a-f-]{36}/)
    await openRound(lead)

    await lead.goto(at('rounds/new'))
    await lead.getByLabel('Name').fill('In the new words')
    await lead.getByLabel('handbook-2').check()
    for (const { name } of history.raters) await lead.getByLabel(name).check()
    await lead.getByLabel('Raters per item').fill('2')
    await lead.getByLabel(/^Anchors/).fill('33')
    await lead.getByRole('button', { name: 'Make the round' }).click()
    await lead.waitForURL(/\/rounds\/[0-9a-f-]{36}/)
    await openRound(lead)
  })

  await test.step('five raters rate all of it', async () => {
    expect(await openRounds()).toHaveLength(3)
    // 40 responses by two raters under both versions, 60 new ones and their anchors by two
    expect(await everyoneRates(browser)).toBeGreaterThan(2 * 40 * 2 + 2 * 60)
  })

  await test.step('the drift page names version 2, and no rater', async () => {
    await lead.goto(at('drift'))
    const finding = lead.locator('.finding').first()
    await expect(finding).toContainText(/The mean on accuracy fell by 0\.\d\d/, { timeout: 30_000 })
    await expect(finding).toContainText(/0\.\d\d \(0\.\d\d to 0\.\d\d\), came with version 2 of the rubric/)
    await expect(finding).not.toContainText(/the panel, which|who changed/)
    await expect(lead.getByRole('region', { name: 'The rubric’s versions on the same answers' })).toContainText(
      /Paired shift−0\.\d\d points/,
    )
    const { violations } = await new AxeBuilder({ page: lead }).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([])
  })
  await lead.context().close()
})

/** What the rating page is: blind, light, within reach of everybody. */
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import type { Store } from '#db/store.server.ts'
import {
  isAnother,
  isPainted,
  isReady,
  makeRound,
  openRound,
  press,
  questionOn,
  ratingsIn,
  SECRETS,
} from './support/round.ts'
import { makeWorkspace, openTestStore } from './support/workspace.ts'

let store: Store
test.beforeAll(() => {
  store = openTestStore()
})
test.afterAll(() => store.close())

const raterAlone = (name: string) => makeWorkspace(store, name, { Rater: ['rater'] })

async function hasNoFaults(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([])
}

test('nothing that reaches a rater’s browser names the system, the case or why it is there', async ({ browser }) => {
  const workspace = await raterAlone('Blind')
  const round = await makeRound(store, workspace, { references: true, round: { referencesShown: 'after' } })
  const context = await browser.newContext()
  const heard: string[] = []
  // The body of a page that was left before it could be read is gone; what counts is read while it is on screen.
  context.on('response', async (response) => {
    if (/json|html|x-script/.test(response.headers()['content-type'] ?? ''))
      heard.push(await response.text().catch(() => ''))
  })
  const page = await openRound(async () => context, { email: workspace.people.Rater?.email ?? '' }, round)
  const first = await questionOn(page)
  await press(page, '3', '3', '3')
  await expect(page.locator('.bottom .left')).not.toContainText('left to score')
  await press(page, 'r')
  await expect(page.locator('.references')).toContainText('High reference')
  await press(page, '1', 'Control+Enter')
  await isAnother(page, first)
  await expect.poll(async () => (await ratingsIn(store, round.id)).length).toBe(1)
  await press(page, 'ArrowLeft')
  await page
    .getByRole('dialog')
    .getByRole('link', { name: /What is the limit/ })
    .click()
  await page.getByRole('button', { name: 'Correct it' }).waitFor()
  const all = heard.join('\n')
  expect(all.includes('What is the limit')).toBe(true)
  const told = [...Object.values(SECRETS), '"audit"', '"reason"', 'selectionProbability', 'systemVersion', 'caseId']
  expect(told.filter((word) => all.includes(word))).toEqual([])
})

test('the page weighs at most 110 kB, compressed and cold, in at most 12 requests', async ({ browser }) => {
  const workspace = await raterAlone('Weight')
  const round = await makeRound(store, workspace)
  const context = await browser.newContext()
  const page = await openRound(async () => context, { email: workspace.people.Rater?.email ?? '' }, round)
  await page.goto('about:blank')
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.clearBrowserCache')
  let bytes = 0
  let requests = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
    requests += 1
  })
  await page.goto(round.path, { waitUntil: 'networkidle' })
  expect(requests).toBeLessThanOrEqual(12)
  expect(bytes).toBeLessThanOrEqual(110_000)
})

for (const { name, width, height, scheme } of [
  { name: 'wide and light', width: 1440, height: 900, scheme: 'light' },
  { name: 'middling and dark', width: 1280, height: 800, scheme: 'dark' },
  { name: 'a phone', width: 390, height: 844, scheme: 'light' },
] as const) {
  test(`no barrier that axe can find: ${name}`, async ({ browser }) => {
    test.slow()
    const workspace = await raterAlone(`Axe ${width}`)
    const round = await makeRound(store, workspace, {
      rationaleAtOrBelow: 2,
      references: true,
      round: { referencesShown: 'always', instructions: 'Read *first*.' },
    })
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme })
    const page = await openRound(async () => context, { email: workspace.people.Rater?.email ?? '' }, round)
    await hasNoFaults(page)
    await press(page, '1', '3', 'u')
    await page.keyboard.type('No')
    await press(page, 'Escape', 'g', '/')
    await page.keyboard.type('180 days')
    await press(page, 'Escape', 'k', 'e', 'Control+Enter')
    await hasNoFaults(page)
    await press(page, '?')
    await hasNoFaults(page)
    await press(page, 'Escape', 'ArrowRight')
    await hasNoFaults(page)
    await press(page, 'Escape', 'f')
    await hasNoFaults(page)
    await press(page, 'Escape', 'ArrowLeft')
    await page.getByText('You have not submitted anything yet.').waitFor()
    await hasNoFaults(page)
    await page.goto(`/p/${workspace.project.slug}/queue`)
    await hasNoFaults(page)
    await page.goto(`/p/${workspace.project.slug}/history`)
    await hasNoFaults(page)
  })
}

test('on a phone the rubric is a sheet: a tap scores and moves on, and it folds away', async ({ browser }) => {
  const workspace = await raterAlone('Phone')
  const round = await makeRound(store, workspace)
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const page = await openRound(async () => context, { email: workspace.people.Rater?.email ?? '' }, round)
  const first = await questionOn(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  for (const name of ['accuracy', 'groundedness', 'tone']) {
    const row = page.locator('.dimension[data-current]')
    await expect(row.locator('legend')).toHaveText(name)
    const level = row.locator('.level').nth(2)
    expect((await level.boundingBox())?.height).toBeGreaterThanOrEqual(44)
    await level.tap()
  }
  await page.getByRole('button', { name: 'Fold' }).tap()
  await expect(page.getByRole('button', { name: 'Unfold' })).toBeVisible()
  expect((await page.locator('.rubric').boundingBox())?.height).toBeLessThan(160)
  await page.getByRole('button', { name: 'Submit' }).tap()
  await isAnother(page, first)
  await expect
    .poll(async () => (await ratingsIn(store, round.id))[0]?.scores.map(({ level }) => level))
    .toEqual([3, 3, 3])
})

test('the first visit shows the way around, once', async ({ browser }) => {
  const workspace = await raterAlone('Tour')
  const round = await makeRound(store, workspace, { toured: false })
  const page = await openRound(() => browser.newContext(), { email: workspace.people.Rater?.email ?? '' }, round)
  for (const title of ['Read', 'Check', 'Score', 'Say why', 'Go on']) {
    await expect(page.getByRole('dialog', { name: title })).toBeVisible()
    await press(page, 'Enter')
  }
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.reload()
  await isReady(page)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await press(page, '?')
  await page.getByRole('button', { name: 'Show the tour' }).click()
  await expect(page.getByRole('dialog', { name: 'Read' })).toBeVisible()
})

test('the queue: Enter goes on, and what is done can be looked at and corrected', async ({ browser }) => {
  const workspace = await raterAlone('Queue')
  const round = await makeRound(store, workspace, { items: 1, round: { name: 'First round' } })
  await makeRound(store, workspace, { round: { name: 'Second round', startsAt: Date.now() + 9e8 } })
  const page = await openRound(() => browser.newContext(), { email: workspace.people.Rater?.email ?? '' }, round)
  await page.goto(`/p/${workspace.project.slug}/queue`)
  await expect(page.getByText('One item is left')).toBeVisible()
  await press(page, 'Enter')
  await isReady(page)
  await press(page, '2', '2', '2', 'Control+Enter')
  await page.getByRole('heading', { name: 'Nothing is open to you now' }).waitFor()
  await page.getByRole('link', { name: 'Back to the queue' }).click()
  await expect(page.getByText('Second round opens on')).toBeVisible()
  await page.getByRole('link', { name: /What is the limit/ }).click()
  await page.getByRole('button', { name: 'Correct it' }).click()
  await page.getByRole('heading', { name: 'Correct your rating' }).waitFor()
  await isPainted(page)
  await press(page, '4', 'Control+Enter')
  await expect(page.getByText('One former revision')).toBeVisible()
  const [rating] = await ratingsIn(store, round.id)
  expect(rating).toMatchObject({ revision: 2 })
  expect(rating?.scores.map(({ level }) => level)).toEqual([4, 2, 2])
})

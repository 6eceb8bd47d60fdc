/** Nothing that was entered is lost: dead networks, closed tabs, second tabs, ended sessions, closed rounds. */
import { expect, test } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { sessions } from '#db/schema/people.ts'
import { drafts, rounds } from '#db/schema/rounds.ts'
import type { Store } from '#db/store.server.ts'
import { isAnother, isReady, makeRound, openRound, press, questionOn, ratingsIn } from './support/round.ts'
import { makeWorkspace, openTestStore, PASSWORD } from './support/workspace.ts'

let store: Store
test.beforeAll(() => {
  store = openTestStore()
})
test.afterAll(() => store.close())

const raterAlone = (name: string) => makeWorkspace(store, name, { Rater: ['rater'] })

test('offline, all items in hand can be rated; they are sent once when the network is back', async ({ browser }) => {
  const workspace = await raterAlone('Offline')
  const round = await makeRound(store, workspace)
  const context = await browser.newContext()
  const page = await openRound(async () => context, { email: workspace.people.Rater?.email ?? '' }, round)
  await context.setOffline(true)
  const first = await questionOn(page)
  await press(page, '3', '3', '3', 'Control+Enter')
  await isAnother(page, first)
  await expect(page.getByText('Offline: kept in this browser, 1 to send')).toBeVisible()
  await press(page, '2', '2', '2', 'Control+Enter')
  await expect(page.getByRole('heading', { name: 'Waiting for the network' })).toBeVisible()
  expect(await ratingsIn(store, round.id)).toEqual([])
  await context.setOffline(false)
  await isReady(page)
  await expect.poll(async () => (await ratingsIn(store, round.id)).length).toBe(2)
  await expect(page.locator('.top')).toContainText('2 of 4')
  const levels = (await ratingsIn(store, round.id)).map(({ scores }) => scores.map(({ level }) => level))
  expect(levels).toEqual([
    [3, 3, 3],
    [2, 2, 2],
  ])
})

test('a submission made offline survives the tab: another page of the browser sends it', async ({ browser }) => {
  const workspace = await raterAlone('Offline and closed')
  const round = await makeRound(store, workspace)
  const context = await browser.newContext()
  const page = await openRound(async () => context, { email: workspace.people.Rater?.email ?? '' }, round)
  const first = await questionOn(page)
  await context.setOffline(true)
  await press(page, '3', '3', '3', 'Control+Enter')
  await isAnother(page, first)
  await page.close()
  await context.setOffline(false)
  const again = await context.newPage()
  await again.goto(`/p/${workspace.project.slug}/queue`)
  await expect.poll(async () => (await ratingsIn(store, round.id)).length).toBe(1)
  await again.goto(round.path)
  await isReady(again)
  expect(await questionOn(again)).not.toBe(first)
})

test('a draft survives a closed tab, and comes back on another device', async ({ browser }) => {
  const workspace = await raterAlone('Closed tab')
  const round = await makeRound(store, workspace)
  const rater = { email: workspace.people.Rater?.email ?? '' }
  const page = await openRound(() => browser.newContext(), rater, round)
  const first = await questionOn(page)
  await press(page, '2', 'k', 'n')
  await page.keyboard.type('Half written')
  await page.close({ runBeforeUnload: true })
  const arrived = async () => JSON.stringify(await store.read.select().from(drafts)).includes('Half written')
  await expect.poll(arrived).toBe(true)
  const elsewhere = await openRound(() => browser.newContext(), rater, round)
  expect(await questionOn(elsewhere)).toBe(first)
  await expect(elsewhere.getByRole('textbox', { name: 'Note on accuracy' })).toHaveValue('Half written')
})

test('what was entered offline is there after the page was loaded again, and is saved then', async ({ browser }) => {
  const workspace = await raterAlone('Offline draft')
  const round = await makeRound(store, workspace)
  const context = await browser.newContext()
  const page = await openRound(async () => context, { email: workspace.people.Rater?.email ?? '' }, round)
  await context.setOffline(true)
  await press(page, '1', 'k', 'n')
  await page.keyboard.type('Entered on a train')
  await expect(page.getByText('Offline: kept in this browser')).toBeVisible()
  await page.close()
  await context.setOffline(false)
  const again = await context.newPage()
  await again.goto(round.path)
  await expect(again.getByRole('textbox', { name: 'Note on accuracy' })).toHaveValue('Entered on a train')
  // The page that was closed may have sent it with its last breath: then this one has nothing to save.
  const arrived = async () => JSON.stringify(await store.read.select().from(drafts)).includes('Entered on a train')
  await expect.poll(arrived).toBe(true)
})

test('a second tab on the same item says so, and takes over what was entered', async ({ browser }) => {
  const workspace = await raterAlone('Two tabs')
  const round = await makeRound(store, workspace)
  const context = await browser.newContext()
  const page = await openRound(async () => context, { email: workspace.people.Rater?.email ?? '' }, round)
  await press(page, '2', 'k', 'n')
  await page.keyboard.type('From the first tab')
  const second = await context.newPage()
  await second.goto(round.path)
  await expect(second.getByText('open in another tab')).toBeVisible()
  await press(second, '4')
  await second.getByRole('button', { name: 'Rate it here instead' }).click()
  await expect(second.getByText('open in another tab')).toBeHidden()
  await expect(second.getByRole('textbox', { name: 'Note on accuracy' })).toHaveValue('From the first tab')
  await expect(page.getByText('open in another tab')).toBeVisible()
  await press(second, 'j', 'j', '3', '3', 'Control+Enter')
  await expect.poll(async () => (await ratingsIn(store, round.id)).length).toBe(1)
  await expect(page.getByText('open in another tab')).toBeVisible()
})

test('a session that ended meanwhile: signing in again in another tab saves what was entered', async ({ browser }) => {
  const workspace = await raterAlone('Signed out')
  const round = await makeRound(store, workspace)
  const context = await browser.newContext()
  const rater = workspace.people.Rater
  const page = await openRound(async () => context, { email: rater?.email ?? '' }, round)
  const first = await questionOn(page)
  await store.write(async (tx) => {
    await tx.delete(sessions).where(eq(sessions.userId, rater?.id ?? ''))
  })
  await press(page, '3', '3', '3', 'Control+Enter')
  await isAnother(page, first)
  await expect(page.getByText('You are signed out.')).toBeVisible()
  const [popup] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: 'Sign in again in a new tab' }).click(),
  ])
  await popup.getByLabel('Email').fill(rater?.email ?? '')
  await popup.getByLabel('Password').fill(PASSWORD)
  await popup.getByRole('button', { name: 'Sign in' }).click()
  await popup.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  await page.bringToFront()
  await expect.poll(async () => (await ratingsIn(store, round.id)).length).toBe(1)
  await expect(page.getByText('You are signed out.')).toBeHidden()
})

test('a round that is closed meanwhile refuses the rating, says so, and keeps it', async ({ browser }) => {
  const workspace = await raterAlone('Closed round')
  const round = await makeRound(store, workspace)
  const page = await openRound(() => browser.newContext(), { email: workspace.people.Rater?.email ?? '' }, round)
  await press(page, '3', '3', 'n')
  await page.keyboard.type('Worth keeping')
  await press(page, 'Escape', '4')
  await store.write(async (tx) => {
    await tx.update(rounds).set({ state: 'closed' }).where(eq(rounds.id, round.id))
  })
  await press(page, 'Control+Enter')
  const notice = page.locator('.notices .banner')
  await expect(notice).toContainText('was not taken')
  await expect(notice).toContainText('has been closed')
  expect(await ratingsIn(store, round.id)).toEqual([])
  await notice.getByRole('link', { name: 'My ratings' }).click()
  await page.getByRole('link', { name: /What is the limit/ }).click()
  await expect(page.getByText('Worth keeping')).toBeVisible()
})

test('a server that answers nonsense is tried again until it takes the rating once', async ({ browser }) => {
  const workspace = await raterAlone('Bad gateway')
  const round = await makeRound(store, workspace)
  const page = await openRound(() => browser.newContext(), { email: workspace.people.Rater?.email ?? '' }, round)
  let tries = 0
  await page.route('**/submit', async (route) => {
    tries += 1
    if (tries === 1) await route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' })
    else if (tries === 2) {
      // It arrives, and its answer is lost.
      await route.fetch()
      await route.abort()
    } else await route.continue()
  })
  await press(page, '3', '3', '3', 'Control+Enter')
  await expect.poll(() => tries).toBe(3)
  await expect(page.locator('.top')).toContainText('1 of 4')
  expect(await ratingsIn(store, round.id)).toHaveLength(1)
})

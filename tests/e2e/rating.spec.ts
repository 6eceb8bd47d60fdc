/** Rating as it is meant to be done: with the hands on the keyboard. */
import { expect, test } from '@playwright/test'
import type { Store } from '#db/store.server.ts'
import { isAnother, makeRound, openRound, press, questionOn, ratingsIn } from './support/round.ts'
import { makeWorkspace, openTestStore } from './support/workspace.ts'

let store: Store
test.beforeAll(() => {
  store = openTestStore()
})
test.afterAll(() => store.close())

const raterAlone = (name: string) => makeWorkspace(store, name, { Rater: ['rater'] })
const focusedRow = '.dimension:focus-within legend'

test('an item is read, scored, noted, proved and submitted without a mouse', async ({ browser }) => {
  const workspace = await raterAlone('By keyboard')
  const round = await makeRound(store, workspace, { rationaleAtOrBelow: 2 })
  const page = await openRound(() => browser.newContext(), { email: workspace.people.Rater?.email ?? '' }, round)
  const first = await questionOn(page)

  await press(page, '2')
  await expect(page.locator(focusedRow)).toHaveText('groundedness')
  await press(page, 'k', 'n')
  await page.keyboard.type('The limit is 90 days, not 180.')
  await press(page, 'Escape')
  await expect(page.locator(focusedRow)).toHaveText('accuracy')

  await press(page, '/')
  await page.keyboard.type('180  DAYS')
  await expect(page.locator('.find output')).toHaveText('1 of 1')
  await press(page, 'Escape', 'e')
  await expect(page.getByRole('list', { name: 'Evidence for accuracy' })).toContainText('“180 days”')
  await expect(page.locator('mark.evidence')).toHaveText('180 days')

  await press(page, 'ArrowDown', 'u')
  await page.keyboard.type('No source was given.')
  await press(page, 'Escape', 'j')
  await press(page, 'Control+Enter')
  await expect(page.getByRole('alert')).toContainText('tone')
  await press(page, '4', 'Control+Enter')
  await isAnother(page, first)
  await expect(page.locator(focusedRow)).toHaveText('accuracy')

  await expect.poll(async () => (await ratingsIn(store, round.id)).length).toBe(1)
  const [rating] = await ratingsIn(store, round.id)
  expect(rating?.scores.map(({ level, cannotJudge, note }) => [level, cannotJudge, note])).toEqual([
    [2, null, 'The limit is 90 days, not 180.'],
    [null, 'No source was given.', ''],
    [4, null, ''],
  ])
  expect(rating?.evidence).toMatchObject([{ source: 'response', quote: '180 days' }])
  expect(rating?.activeMs).toBeGreaterThan(0)
})

test('a selected passage is attached where it stands, and found again after the page was loaded anew', async ({
  browser,
}) => {
  const workspace = await raterAlone('Passages')
  const round = await makeRound(store, workspace)
  const page = await openRound(() => browser.newContext(), { email: workspace.people.Rater?.email ?? '' }, round)
  const paragraph = page.locator('[data-source="0"] p').nth(3)
  await paragraph.selectText()
  await page.getByRole('toolbar', { name: 'Attach' }).getByRole('button', { name: 'groundedness' }).click()
  const list = page.getByRole('list', { name: 'Evidence for groundedness' })
  await expect(list).toContainText('Paragraph 3 of the handbook')
  await expect(paragraph.locator('mark.evidence')).toHaveCount(1)
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()

  await page.reload()
  await expect(list).toContainText('Paragraph 3 of the handbook')
  await expect(paragraph.locator('mark.evidence')).toHaveText(/^Paragraph 3.*service\.$/)
  await list.getByRole('button', { name: /^Remove/ }).click()
  await expect(page.locator('mark.evidence')).toHaveCount(0)
})

test('undo takes back a score, and a submission for half a minute', async ({ browser }) => {
  const workspace = await raterAlone('Undo')
  const round = await makeRound(store, workspace)
  const page = await openRound(() => browser.newContext(), { email: workspace.people.Rater?.email ?? '' }, round)
  const first = await questionOn(page)
  await press(page, '1', '3', 'Control+z')
  await expect(page.locator(focusedRow)).toHaveText('groundedness')
  await press(page, '4', '4', 'Control+Enter')
  await isAnother(page, first)
  const undo = page.getByRole('button', { name: /Undo submit/ })
  await expect(undo).toBeVisible()
  await expect.poll(async () => (await ratingsIn(store, round.id)).length).toBe(1)
  await press(page, 'Control+z')
  await expect.poll(() => questionOn(page)).toBe(first)
  await expect(page.getByText('Ready to submit')).toBeVisible()
  expect(await ratingsIn(store, round.id)).toEqual([])
  await press(page, 'Control+Enter')
  await isAnother(page, first)
  await expect.poll(async () => (await ratingsIn(store, round.id)).length).toBe(1)
})

test('a key that is held down never completes an item that was not seen', async ({ browser }) => {
  const workspace = await raterAlone('Held keys')
  const round = await makeRound(store, workspace, { keys: ['accuracy'] })
  const page = await openRound(() => browser.newContext(), { email: workspace.people.Rater?.email ?? '' }, round)
  await press(page, '3')
  // The second and later presses of a key that is not let go of are repeats.
  await page.keyboard.down('Control')
  for (let n = 0; n < 6; n++) await page.keyboard.down('Enter')
  await page.keyboard.up('Enter')
  await page.keyboard.up('Control')
  for (let n = 0; n < 6; n++) await page.keyboard.down('3')
  await page.keyboard.up('3')
  await expect.poll(async () => (await ratingsIn(store, round.id)).length).toBe(1)
  await expect(page.locator('.top')).toContainText('1 of 4')
})

test('a held arrow moves once and changes no score', async ({ browser }) => {
  const workspace = await raterAlone('Held arrows')
  const round = await makeRound(store, workspace)
  const page = await openRound(() => browser.newContext(), { email: workspace.people.Rater?.email ?? '' }, round)
  await press(page, '2', '2', '2', 'k', 'k')
  for (let n = 0; n < 4; n++) await page.keyboard.down('ArrowDown')
  await page.keyboard.up('ArrowDown')
  await expect(page.locator(focusedRow)).toHaveText('groundedness')
  expect(
    await page.locator('.rubric :checked').evaluateAll((all) => all.map((one) => one.getAttribute('value'))),
  ).toEqual(['2', '2', '2'])
})

test('references that follow are shown once everything is scored, and the closest is asked for', async ({
  browser,
}) => {
  const workspace = await raterAlone('References after')
  const round = await makeRound(store, workspace, { references: true, round: { referencesShown: 'after' } })
  const page = await openRound(() => browser.newContext(), { email: workspace.people.Rater?.email ?? '' }, round)
  const first = await questionOn(page)
  await press(page, 'r')
  await expect(page.getByText('Score every dimension first')).toBeVisible()
  expect(await page.content()).not.toContain('High reference')
  await press(page, '3', '3', '3', 'Control+Enter')
  await expect(page.locator('.references')).toContainText('High reference')
  await press(page, 'Control+Enter')
  await expect(page.getByRole('alert')).toContainText('closest')
  await press(page, '3', 'Control+Enter')
  await isAnother(page, first)
  await expect.poll(async () => (await ratingsIn(store, round.id))[0]?.closestReference).toBe('borderline')
  expect((await ratingsIn(store, round.id))[0]).toMatchObject({ referencesSeen: true, changedAfterReferences: false })
})

test('skip with a reason, take up again, flag', async ({ browser }) => {
  const workspace = await raterAlone('Skip and flag')
  const round = await makeRound(store, workspace, { items: 1 })
  const page = await openRound(() => browser.newContext(), { email: workspace.people.Rater?.email ?? '' }, round)
  await press(page, 'f')
  await page.getByLabel('Personal data').check()
  await page.getByRole('button', { name: 'Flag', exact: true }).last().click()
  await expect(page.getByText('Your flag has reached the lead.')).toBeVisible()
  await press(page, 'ArrowRight', '1')
  await expect(page.getByRole('heading', { name: 'Nothing is open to you now' })).toBeVisible()
  await page.getByRole('button', { name: 'Take up the one you skipped' }).click()
  await expect(page.locator('.question')).toContainText('What is the limit for claim 1?')
})

test('with single keys off nothing is scored by accident, and arrows choose a level as they do everywhere', async ({
  browser,
}) => {
  const workspace = await raterAlone('Single keys off')
  const round = await makeRound(store, workspace)
  const page = await openRound(() => browser.newContext(), { email: workspace.people.Rater?.email ?? '' }, round)
  await press(page, '?')
  await page.getByLabel('Single keys on').uncheck()
  await press(page, 'Escape', '3')
  await expect(page.locator('.rubric :checked')).toHaveCount(0)
  await page.locator('.rubric [type=radio]').first().focus()
  await press(page, 'Space', 'ArrowDown')
  await expect(page.locator('.rubric :checked')).toHaveAttribute('value', '2')
  await expect(page.locator(focusedRow)).toHaveText('accuracy')
  await page.reload()
  await page.locator('.rate[data-alive]').waitFor()
  await press(page, '3')
  await expect(page.locator('.rubric :checked')).toHaveCount(1)
})

test('ten levels, the tenth on 0', async ({ browser }) => {
  const workspace = await raterAlone('Ten levels')
  const round = await makeRound(store, workspace, { keys: ['accuracy'], from: 1, to: 10 })
  const page = await openRound(() => browser.newContext(), { email: workspace.people.Rater?.email ?? '' }, round)
  await press(page, '0', 'Control+Enter')
  await expect.poll(async () => (await ratingsIn(store, round.id))[0]?.scores[0]?.level).toBe(10)
})

test('without scripts the rubric is a plain form', async ({ browser }) => {
  const workspace = await raterAlone('No scripts')
  const round = await makeRound(store, workspace, { keys: ['accuracy'], rationaleAtOrBelow: 2 })
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(workspace.people.Rater?.email ?? '')
  await page.getByLabel('Password').fill('a password for tests')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.goto(round.path)
  const first = await questionOn(page)
  await page.locator('.level').nth(1).click()
  await page.getByPlaceholder(/Note on accuracy/).fill('Half of it.')
  await page.getByRole('button', { name: /Submit/ }).click()
  expect(await questionOn(page)).not.toBe(first)
  const [rating] = await ratingsIn(store, round.id)
  expect(rating?.scores).toMatchObject([{ level: 2, note: 'Half of it.' }])
})

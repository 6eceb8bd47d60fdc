/** From traffic to a rated sealed case to a rotation: planned, done, undone, done again, opened; and a scan of a prompt. */
import AxeBuilder from '@axe-core/playwright'
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { users } from '#db/schema/people.ts'
import { addRubric } from '#db/seed/rows.ts'
import { addTraffic } from '#tests/support/traffic.ts'
import { makeWorkspace, openTestStore, pageOf, type Workspace } from './support/workspace.ts'

/** Stands in every question: what is sealed must be nowhere but before its rater. */
const MARK = 'zwetschkenknoedel'

const TRAFFIC = [
  { category: 'factual lookup', userSegment: 'novice', count: 40, named: `${MARK}-lookup` },
  { category: 'reasoning', userSegment: 'expert', count: 30, named: `${MARK}-reasoning` },
]

let workspace: Workspace
let contexts: BrowserContext[]

// The second looks for what the first has sealed.
test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  const store = openTestStore()
  workspace = await makeWorkspace(store, 'Rotation', {
    Olga: ['owner'],
    Lea: ['lead'],
    Ada: ['rater'],
    Bea: ['builder'],
  })
  await store.write(async (tx) => {
    await addRubric(tx, workspace.project, { keys: ['accuracy'] })
    await addTraffic(tx, workspace.project, TRAFFIC)
    await tx
      .update(users)
      .set({ tourSeenAt: 1 })
      .where(eq(users.id, person('Ada').id))
  })
  await store.close()
})

test.beforeEach(() => {
  contexts = []
})
test.afterEach(async () => {
  for (const context of contexts) await context.close()
})

const person = (name: string) => workspace.people[name] as NonNullable<(typeof workspace.people)[string]>
const at = (path: string) => `/p/${workspace.project.slug}/${path}`

const as = (browser: Browser, name: string): Promise<Page> =>
  pageOf(async () => {
    const context = await browser.newContext()
    contexts.push(context)
    return context
  }, person(name))

async function expectAccessible(page: Page): Promise<void> {
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
}

const counts = (page: Page) => page.locator('main').getByText(/\d+ active, \d+ in the holdout, \d+ retired/)

async function expectPools(page: Page, said: string): Promise<void> {
  await page.goto(at('pools'))
  await expect(counts(page)).toContainText(said)
}

async function rotate(page: Page): Promise<void> {
  await page.goto(at('rotations/plan'))
  await page.getByRole('button', { name: 'Rotate the pools' }).click()
  await expect(page.getByText('4 graduated, 0 retired, 4 entered the holdout.')).toBeVisible()
}

test('a sealed case is rated, then the pools turn, turn back, and turn again', async ({ browser }) => {
  test.setTimeout(180_000)
  const owner = await as(browser, 'Olga')

  await test.step('traffic is sampled, and a round brings the holdout to a rater', async () => {
    await owner.goto(at('sampling?size=40&seed=3'))
    await owner.getByRole('button', { name: 'Sample 40 as planned' }).click()
    await expect(owner.getByText('Done. 40 cases')).toBeVisible()
    const lead = await as(browser, 'Lea')
    await lead.goto(at('rounds/new'))
    await lead.getByLabel('Name').fill('Sealed ones')
    await lead.getByText('The sealed ones of the holdout').click()
    await lead.getByText('Never', { exact: true }).click()
    await lead.getByLabel('Ada').check()
    await lead.getByRole('button', { name: 'Make the round' }).click()
    await lead.getByRole('button', { name: 'Open the round to its raters' }).click()
    await expect(lead.getByText('The round is open')).toBeVisible()
  })

  await test.step('the rater reads and rates a sealed case', async () => {
    const rater = await as(browser, 'Ada')
    await rater.goto(at('queue'))
    await rater.keyboard.press('Enter')
    await rater.waitForURL(/\/rate\//)
    await expect(rater.getByText(MARK).first()).toBeVisible()
    await expect(rater.locator('.bottom .left')).toHaveText('1 left to score')
    await rater.keyboard.press('3')
    await expect(rater.locator('.bottom .left')).not.toHaveText('1 left to score')
    const before = await rater.title()
    await rater.keyboard.press('Control+Enter')
    await expect(rater).not.toHaveTitle(before)
  })

  await test.step('a plan says what would move, and moves nothing', async () => {
    await expectPools(owner, '28 active, 12 in the holdout')
    await owner.goto(at('rotations'))
    await owner.getByRole('link', { name: 'Plan a rotation' }).click()
    await expect(owner.getByText('4 cases of the holdout graduate to active')).toBeVisible()
    await expect(owner.getByText('were to stay sealed for longer')).toBeVisible()
    await expectAccessible(owner)
    await expectPools(owner, '28 active, 12 in the holdout')
  })

  await test.step('it is done; what graduated is active and still sealed', async () => {
    await rotate(owner)
    await expect(owner.getByText('4 cases that left the holdout stay sealed until')).toBeVisible()
    await expectAccessible(owner)
    await owner
      .getByRole('link', { name: new RegExp(MARK) })
      .first()
      .click()
    await expect(owner.getByText('This case is sealed.')).toBeVisible()
    await expect(owner.getByText('Graduated from the holdout to active, by a rotation')).toBeVisible()
    await expect(owner.getByText(`Question ${MARK}`)).toHaveCount(0)
    await expectPools(owner, '32 active, 12 in the holdout')
  })

  await test.step('it is undone, and the pools are as before', async () => {
    await owner.goto(at('rotations'))
    await owner.getByRole('row').nth(1).getByRole('link').click()
    await owner.getByText('Undo the rotation').first().click()
    await owner.getByRole('button', { name: 'Undo the rotation' }).click()
    await expect(owner.getByText('and all of it was taken back')).toBeVisible()
    await expectPools(owner, '28 active, 12 in the holdout')
  })

  await test.step('it is done again and opened, and cannot be undone any more', async () => {
    await rotate(owner)
    await owner.getByText('Open what graduated').click()
    await owner.getByRole('button', { name: 'Open 4 cases' }).click()
    await expect(owner.getByText('It cannot be undone any more')).toBeVisible()
    await owner
      .getByRole('link', { name: new RegExp(MARK) })
      .first()
      .click()
    await expect(owner.getByText(`Question ${MARK}`)).toBeVisible()
    await expect(owner.getByText('The seal was ended')).toBeVisible()
    await expectAccessible(owner)
  })

  await test.step('the calendar and the figures of contamination are there', async () => {
    await owner.goto(at('rotations'))
    await expect(owner.getByText('Undone')).toBeVisible()
    await owner.getByRole('button', { name: 'Make a feed' }).click()
    const address = await owner.getByLabel('Address of the calendar feed').inputValue()
    await expectAccessible(owner)
    const feed = await (await browser.newContext()).request.get(address)
    expect(await feed.text()).toContain('SUMMARY:Pools rotated: Rotation')
    await owner.goto(at('contamination'))
    await expect(owner.getByText('Active: a mean risk of')).toBeVisible()
    await expectAccessible(owner)
  })
})

test('a builder scans a prompt and is told which case it holds, not where a sealed one stands', async ({ browser }) => {
  const builder = await as(browser, 'Bea')
  await builder.goto(at('scan'))
  await expectAccessible(builder)
  await builder.getByRole('button', { name: 'Scan', exact: true }).click()
  await expect(builder.getByText('Choose one or more files.')).toBeVisible()
  const questions = TRAFFIC.flatMap(({ named, count }) =>
    Array.from({ length: count }, (_, i) => `question ${named} ${i}`),
  )
  const prompt = Buffer.from(`Be kind.\n${questions.join('\n')}\n`)
  await builder.locator('input[type=file]').setInputFiles([
    { name: 'prompt.txt', mimeType: 'text/plain', buffer: prompt },
    { name: 'nothing.txt', mimeType: 'text/plain', buffer: Buffer.from('Nothing of it.') },
  ])
  await builder.getByRole('button', { name: 'Scan', exact: true }).click()
  await expect(builder.getByText(/of \d+ cases were found/)).toBeVisible({ timeout: 30_000 })
  await expect(builder.getByText('Sealed, so not told').first()).toBeVisible()
  await expect(builder.getByText(/^Line \d+$/).first()).toBeVisible()
  await expectAccessible(builder)
  await builder.getByRole('link', { name: 'All scans' }).click()
  await expect(builder.getByRole('link', { name: 'prompt.txt' })).toBeVisible()
})

/** The golden set from traffic on: traces are imported and assigned by rules, sampled with a floor, and the holdout is sealed. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { addTraffic } from '#tests/support/traffic.ts'
import { makeWorkspace, openTestStore, signIn, type Workspace } from './support/workspace.ts'

/** Words of every question: what is sealed must be nowhere. */
const MARK = 'zimtschnecke'

/** What a channel of the product is about, and how much of it there is. */
const TRAFFIC = [
  { channel: 'search', count: 70 },
  { channel: 'advice', count: 14 },
  { channel: 'drafts', count: 9 },
  { channel: 'abuse', count: 7 },
]

const exported = (): string =>
  TRAFFIC.flatMap(({ channel, count }) =>
    Array.from({ length: count }, (_, i) =>
      JSON.stringify({
        key: `${channel}-${i}`,
        input: `Question ${i} about ${channel}: how is a ${MARK} number ${i * 7} baked${i % 3 === 0 ? ', please' : ''}?`,
        response: `Bake number ${i * 7} until it is golden.`,
        system_version: 'bakery-1',
        metadata: { channel, tier: i % 3 === 0 ? 'pro' : 'free' },
      }),
    ),
  ).join('\n')

const person = ({ people }: Workspace, name: string) => people[name] as NonNullable<(typeof people)[string]>

async function workspaceFor(name: string): Promise<Workspace> {
  const store = openTestStore()
  const workspace = await makeWorkspace(store, name, { Olga: ['owner'], Bea: ['builder'], Lea: ['lead'] })
  await store.close()
  return workspace
}

/** Fills the last empty row of the rules. */
async function addRule(page: Page, assigns: string, field: string, pattern: string): Promise<void> {
  const row = page.getByRole('group', { name: 'A new rule' }).first()
  await row.getByLabel('Assigns').selectOption({ label: assigns })
  await row.getByLabel('Where').fill(field)
  await row.getByLabel('Test').selectOption('equals')
  await row.getByLabel('Text or pattern').fill(pattern)
  await page.getByRole('button', { name: 'Save and show what they would do' }).click()
  await expect(
    page
      .getByRole('group', { name: /^Rule \d/ })
      .last()
      .getByLabel('Text or pattern'),
  ).toHaveValue(pattern)
}

test('from an export to a sealed holdout', async ({ page }) => {
  test.slow()
  const workspace = await workspaceFor('Golden set')
  const home = `/p/${workspace.project.slug}`
  await signIn(page, person(workspace, 'Olga'))

  await test.step('an export is looked at, then imported', async () => {
    await page.goto(`${home}/traces/new`)
    const buffer = Buffer.from(exported())
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'export.jsonl', mimeType: 'application/jsonl', buffer })
    await page.getByRole('button', { name: 'Look at it' }).click()
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await expect(page.getByText('100 of 100 records were added')).toBeVisible()
  })

  await test.step('unassigned traces cannot be sampled, and the page says so', async () => {
    await page.goto(`${home}/sampling`)
    await expect(page.getByText('100 traces lack a category or a user segment')).toBeVisible()
    await expect(page.getByRole('button', { name: /^Sample/ })).toHaveCount(0)
  })

  await test.step('rules assign them', async () => {
    await page.getByRole('link', { name: 'assign them by rules' }).click()
    await addRule(page, 'factual lookup', 'metadata.channel', 'search')
    await addRule(page, 'reasoning', 'metadata.channel', 'advice')
    await addRule(page, 'generation', 'metadata.channel', 'drafts')
    await addRule(page, 'refusal', 'metadata.channel', 'abuse')
    await addRule(page, 'expert', 'metadata.tier', 'pro')
    await addRule(page, 'casual', 'metadata.tier', 'free')
    await page.getByRole('button', { name: /^Apply/ }).click()
    await expect(page.getByRole('status')).toContainText('100 traces changed')
  })

  await test.step('a plan shows shares, floor and shortfall before anything is done', async () => {
    await page.getByRole('link', { name: 'Pools', exact: true }).click()
    await page.getByRole('navigation', { name: 'Pools' }).getByRole('link', { name: 'Sampling' }).click()
    await page.getByLabel('Cases').fill('40')
    await page.getByLabel('Seed').fill('11')
    await page.getByRole('button', { name: 'Plan', exact: true }).click()
    await expect(page.getByText('40 cases of 100 waiting traces')).toBeVisible()
    await expect(page.getByText('Too few traces, and how many cases they lack: edge case (6)')).toBeVisible()
    const refusal = page.getByRole('row', { name: /^refusal 7 / }).first()
    await expect(refusal).toContainText('6')
    await expect(page.getByRole('img', { name: 'Share of the traffic and of the set by category' })).toBeVisible()
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  })

  await test.step('it is done, and the pools show it', async () => {
    await page.getByRole('button', { name: 'Sample 40 as planned' }).click()
    await expect(page.getByText('Done. 40 cases of 100 waiting traces')).toBeVisible()
    await page.getByRole('link', { name: 'See the pools' }).click()
    await expect(page.getByText('28 active, 12 in the holdout, 0 retired.')).toBeVisible()
    await expect(page.getByText('in 90 days')).toBeVisible()
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  })

  await test.step('what is in the holdout is a key and a segment, and nothing more', async () => {
    await page.goto(`${home}/cases?pool=holdout`)
    await expect(page.getByText('of 12')).toBeVisible()
    expect(await page.content()).not.toContain(MARK)
    await page.goto(`${home}/cases?pool=active`)
    await expect(page.getByText('of 28')).toBeVisible()
    expect(await page.content()).toContain(MARK)
  })

  await test.step('the settings are kept, with a word for what is wrong', async () => {
    await page.goto(`${home}/pools`)
    await page.getByLabel('Days between rotations').fill('3')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('Enter a whole number of days from 7 to 730.')).toBeVisible()
    await page.getByLabel('Days between rotations').fill('60')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('The settings are saved.')).toBeVisible()
    await expect(page.getByText('in 60 days')).toBeVisible()
  })
})

test('a plan that holds no more is refused, and the new one is shown', async ({ page }) => {
  const workspace = await workspaceFor('Outdated plan')
  const traffic = { category: 'reasoning', userSegment: 'novice', count: 20 }
  const store = openTestStore()
  await store.write((tx) => addTraffic(tx, workspace.project, [traffic]))
  await signIn(page, person(workspace, 'Olga'))
  await page.goto(`/p/${workspace.project.slug}/sampling?size=10&seed=1`)
  await expect(page.getByText('10 cases of 20 waiting traces')).toBeVisible()
  await store.write((tx) => addTraffic(tx, workspace.project, [{ ...traffic, named: 'late' }]))
  await store.close()
  await page.getByRole('button', { name: 'Sample 10 as planned' }).click()
  await expect(page.getByRole('alert')).toContainText('Nothing was sampled')
  await expect(page.getByText('10 cases of 40 waiting traces')).toBeVisible()
  await page.getByRole('button', { name: 'Sample 10 as planned' }).click()
  await expect(page.getByText('Done. 10 cases')).toBeVisible()
})

test('it is planned and done without scripts, and builders see counts alone', async ({ browser }) => {
  const workspace = await workspaceFor('Without scripts')
  const home = `/p/${workspace.project.slug}`
  const store = openTestStore()
  await store.write((tx) =>
    addTraffic(tx, workspace.project, [{ category: 'reasoning', userSegment: 'novice', count: 12 }]),
  )
  await store.close()
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await signIn(page, person(workspace, 'Olga'))
  await page.goto(`${home}/sampling`)
  await page.getByLabel('Cases').fill('10')
  await page.getByRole('button', { name: 'Plan', exact: true }).click()
  await page.getByRole('button', { name: 'Sample 10 as planned' }).click()
  const done = page.getByText('Done. 10 cases')
  await expect(async () => {
    await page.reload()
    await expect(done).toBeVisible({ timeout: 500 })
  }).toPass()
  await context.close()

  const other = await browser.newContext()
  const builder = await other.newPage()
  await signIn(builder, person(workspace, 'Bea'))
  await builder.goto(`${home}/pools`)
  await expect(builder.getByText('7 active, 3 in the holdout, 0 retired.')).toBeVisible()
  await expect(builder.getByRole('button', { name: 'Save' })).toHaveCount(0)
  await expect(builder.getByRole('link', { name: 'Sampling' })).toHaveCount(0)
  await other.close()
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test(`sampling and pools are accessible and fit: ${colorScheme}, ${width}`, async ({ browser }) => {
      test.slow()
      const workspace = await workspaceFor(`Fit ${colorScheme} ${width}`)
      const store = openTestStore()
      await store.write((tx) =>
        addTraffic(tx, workspace.project, [
          { category: 'reasoning', userSegment: 'novice', count: 30 },
          { category: 'refusal', userSegment: 'high-stakes', count: 3 },
        ]),
      )
      await store.close()
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 844 } })
      const page = await context.newPage()
      const check = async () => {
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect([page.url(), violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)]).toEqual([page.url(), []])
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect([page.url(), over]).toEqual([page.url(), 0])
      }
      await signIn(page, person(workspace, 'Olga'))
      await page.goto(`/p/${workspace.project.slug}/pools`)
      await check()
      await page.goto(`/p/${workspace.project.slug}/sampling?size=none`)
      await check()
      await page.goto(`/p/${workspace.project.slug}/sampling?size=20&seed=1`)
      await check()
      await page.getByRole('button', { name: 'Sample 20 as planned' }).click()
      await expect(page.getByText('Done. 20 cases')).toBeVisible()
      await check()
      await page.getByRole('link', { name: 'See the pools' }).click()
      await expect(page.getByText('in the holdout')).toBeVisible()
      await check()
      await context.close()
    })
  }
}

/** The main job, end to end: an owner imports and makes a round, three experts rate it by keyboard, the lead reads figures. */
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { addRubric } from '#db/seed/rows.ts'
import { makeWorkspace, openTestStore, pageOf, type Workspace } from './support/workspace.ts'

const DIMENSIONS = ['accuracy', 'groundedness', 'completeness', 'conciseness', 'uncertainty']
const CASES = 6

const jsonl = (records: object[]) => Buffer.from(records.map((record) => JSON.stringify(record)).join('\n'))

const numbered = Array.from({ length: CASES }, (_, i) => ({ key: `claim-${i + 1}`, level: (i % 4) + 1 }))

const FILES = {
  cases: jsonl(
    numbered.map(({ key }) => ({
      key,
      input: `Is ${key} covered?`,
      category: 'factual lookup',
      user_segment: 'novice',
      documents: [{ title: 'Handbook', text: '# Cover\n\nClaims must reach the plan within 90 days.' }],
    })),
  ),
  responses: jsonl(
    numbered.map(({ key, level }) => ({ case: key, system_version: 'secret-model-7', text: `True level ${level}.` })),
  ),
}

let workspace: Workspace

test.beforeAll(async () => {
  const store = openTestStore()
  workspace = await makeWorkspace(store, 'Main job', {
    Olga: ['owner'],
    Lea: ['lead'],
    Ada: ['rater'],
    Ben: ['rater'],
    Cy: ['rater'],
  })
  await store.write((tx) => addRubric(tx, workspace.project, { keys: DIMENSIONS }))
  await store.close()
})

/** What a rater gives: the true level, moved by one on some dimensions. */
function levelOf(truth: number, dimension: number, shift: number): number {
  const moved = dimension % 2 === 0 ? truth : truth + shift
  return Math.min(4, Math.max(1, moved))
}

const left = (page: Page) => page.locator('.bottom .left')

/** The level that the answer on screen says it deserves. */
async function truthOn(page: Page): Promise<number> {
  const said = await page.locator('.answer').textContent()
  return Number(/True level (\d)/.exec(said ?? '')?.[1])
}

/** Keys count once what is on screen has been painted, as they would for a reader. */
const painted = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((done) => {
        const frames = (n: number): number => requestAnimationFrame(() => (n === 0 ? done() : frames(n - 1)))
        frames(3)
      }),
  )

/** Scores the dimensions from `from` on of the item on screen, by number keys alone. */
async function scoreItem(page: Page, shift: number, from = 0): Promise<void> {
  await painted(page)
  const truth = await truthOn(page)
  for (let d = from; d < DIMENSIONS.length; d++) {
    await page.keyboard.press(String(levelOf(truth, d, shift)))
    const rest = DIMENSIONS.length - d - 1
    await expect(left(page)).not.toHaveText(`${rest + 1} left to score`)
  }
}

async function submit(page: Page): Promise<void> {
  const before = await page.title()
  await page.keyboard.press('Control+Enter')
  await expect(page).not.toHaveTitle(before)
}

async function enterRound(page: Page): Promise<void> {
  await page.goto(`/p/${workspace.project.slug}/queue`)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/rate\//)
  await page.getByRole('button', { name: 'Skip the tour' }).press('Enter')
  await expect(left(page)).toHaveText('5 left to score')
}

async function importFile(page: Page, kind: 'cases' | 'responses'): Promise<void> {
  await page.goto(`/p/${workspace.project.slug}/imports/new?kind=${kind}`)
  await page
    .getByLabel('File', { exact: true })
    .setInputFiles({ name: `${kind}.jsonl`, mimeType: 'application/jsonl', buffer: FILES[kind] })
  await page.getByRole('button', { name: 'Import' }).click()
  await expect(page.getByText(`${CASES} of ${CASES} records were added`)).toBeVisible()
}

test('owner, three experts, lead', async ({ browser }) => {
  test.setTimeout(240_000)
  const contexts: BrowserContext[] = []
  const newContext = async () => {
    const context = await browser.newContext()
    contexts.push(context)
    return context
  }
  const { people, project } = workspace
  const person = (name: string) => people[name] as (typeof people)[string]

  await test.step('the owner imports and makes a round', async () => {
    const page = await pageOf(newContext, person('Olga'))
    await importFile(page, 'cases')
    await importFile(page, 'responses')
    await page.goto(`/p/${project.slug}/rounds/new`)
    await page.getByLabel('Name').fill('First round')
    for (const name of ['Ada', 'Ben', 'Cy']) await page.getByLabel(name).check()
    await page.getByText('Never', { exact: true }).click()
    await page.getByRole('button', { name: 'Make the round' }).click()
    await page.getByRole('button', { name: 'Open the round to its raters' }).click()
    await expect(page.getByText('The round is open')).toBeVisible()
  })

  const seen: string[] = []
  const listen = (page: Page) =>
    page.on('response', async (response) => {
      if (/\.(js|css|svg)$/.test(new URL(response.url()).pathname)) return
      seen.push(await response.text().catch(() => ''))
    })

  await test.step('the first expert rates everything by keyboard', async () => {
    const page = await pageOf(newContext, person('Ada'))
    listen(page)
    await enterRound(page)
    for (let i = 0; i < CASES; i++) {
      await scoreItem(page, 0)
      await submit(page)
    }
    await expect(page.getByRole('heading', { name: 'Nothing is open to you now' })).toBeVisible()
  })

  await test.step('the second goes offline and back', async () => {
    const page = await pageOf(newContext, person('Ben'))
    listen(page)
    await enterRound(page)
    await page.context().setOffline(true)
    await scoreItem(page, 1)
    await submit(page)
    await scoreItem(page, 1)
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('heading', { name: 'Waiting for the network' })).toBeVisible()
    await page.context().setOffline(false)
    await expect(left(page)).toHaveText('5 left to score')
    for (let i = 2; i < CASES; i++) {
      await scoreItem(page, 1)
      await submit(page)
    }
    await expect(page.getByRole('heading', { name: 'Nothing is open to you now' })).toBeVisible()
  })

  await test.step('the third closes the tab in the middle of an item', async () => {
    const page = await pageOf(newContext, person('Cy'))
    listen(page)
    await enterRound(page)
    await painted(page)
    const truth = await truthOn(page)
    await page.keyboard.press(String(levelOf(truth, 0, -1)))
    await page.keyboard.press(String(levelOf(truth, 1, -1)))
    await expect(left(page)).toHaveText('3 left to score')
    const address = page.url()
    const context = page.context()
    await page.close({ runBeforeUnload: true })
    const again = await context.newPage()
    listen(again)
    await again.goto(address)
    await expect(left(again)).toHaveText('3 left to score')
    await scoreItem(again, -1, 2)
    await submit(again)
    for (let i = 1; i < CASES; i++) {
      await scoreItem(again, -1)
      await submit(again)
    }
    await expect(again.getByRole('heading', { name: 'Nothing is open to you now' })).toBeVisible()
  })

  await test.step('nothing a rater was sent names the system version, the case or the reason', () => {
    expect(seen.length).toBeGreaterThan(20)
    for (const text of seen) expect(text).not.toMatch(/secret-model-7|"audit"|selectionProbability/)
  })

  await test.step('the lead’s figures equal a calculation from the export', async () => {
    const page = await pageOf(newContext, person('Lea'))
    await page.goto(`/p/${project.slug}/rounds`)
    await page.getByRole('link', { name: 'First round' }).click()
    await page.waitForURL(/\/rounds\/[0-9a-f-]{36}/)
    const round = new URL(page.url()).pathname
    const exported = await (await page.request.get(`${round}/ratings.jsonl`)).text()
    const rows = exported
      .trim()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as {
            item_id: string
            dimension: string
            level: number
            rater: string
            system_version: string
          },
      )
    expect(rows).toHaveLength(CASES * 3 * DIMENSIONS.length)
    expect(new Set(rows.map((row) => row.system_version))).toEqual(new Set(['secret-model-7']))
    await page.goto(`/p/${project.slug}/agreement?round=${round.split('/').at(-1)}`)
    for (const dimension of DIMENSIONS) {
      const alpha = ordinalAlpha(
        rows.filter((row) => row.dimension === dimension).map(({ item_id: item, level }) => ({ item, level })),
      )
      const row = page.locator('table.by-dimension tr', { hasText: dimension })
      await expect(row).toContainText(alpha.toFixed(2))
    }
  })

  for (const context of contexts) await context.close()
})

/** Krippendorff's ordinal alpha written out plainly (Krippendorff 2004), to hold against the page. */
function ordinalAlpha(rows: { item: string; level: number }[]): number {
  const units = new Map<string, number[]>()
  for (const { item, level } of rows) units.set(item, [...(units.get(item) ?? []), level])
  const pairs: { a: number; b: number; weight: number }[] = []
  for (const values of units.values()) {
    for (const [i, a] of values.entries()) {
      for (const [j, b] of values.entries()) if (i !== j) pairs.push({ a, b, weight: 1 / (values.length - 1) })
    }
  }
  const n = new Map<number, number>()
  for (const { a, weight } of pairs) n.set(a, (n.get(a) ?? 0) + weight)
  const count = (level: number) => n.get(level) ?? 0
  const distance = (a: number, b: number) => {
    const [low, high] = a < b ? [a, b] : [b, a]
    let between = 0
    for (let level = low; level <= high; level++) between += count(level)
    return (between - (count(low) + count(high)) / 2) ** 2
  }
  const total = [...n.values()].reduce((sum, part) => sum + part, 0)
  const observed = pairs.reduce((sum, { a, b, weight }) => sum + weight * distance(a, b), 0) / total
  let expected = 0
  for (const a of n.keys()) for (const b of n.keys()) expected += count(a) * count(b) * distance(a, b)
  return 1 - observed / (expected / (total * (total - 1)))
}

/** The life of a rubric: an owner edits the next version by keyboard, publishes it, and reads what changed. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { publishVersion } from '#app/evaluation/rubrics/publish.ts'
import { createRubric } from '#app/evaluation/rubrics/write.ts'
import { scopeOf } from '#db/seed/rows.ts'
import { factualQa } from '#db/seed/rubrics/factual-qa.ts'
import { makeWorkspace, openTestStore, pageOf, signIn, type Workspace } from './support/workspace.ts'

/** A project with two owners and the published rubric for factual answers. */
async function withRubric(name: string): Promise<Workspace & { version: string }> {
  const store = openTestStore()
  const workspace = await makeWorkspace(store, name, { Olga: ['owner'], Omar: ['owner'] })
  const { people, project } = workspace
  const version = await store.write(async (tx) => {
    const scope = scopeOf(people.Olga as NonNullable<typeof people.Olga>, project, ['owner'])
    const made = await createRubric(tx, scope, factualQa)
    await publishVersion(tx, scope, made.versionId)
    return made.versionId
  })
  await store.close()
  return { ...workspace, version }
}

const person = ({ people }: Workspace, name: string) => people[name] as NonNullable<(typeof people)[string]>
const anchor = (page: Page, level: number, dimension: string) =>
  page.getByRole('textbox', { name: `Anchor of level ${level} of ${dimension}` })

/** Presses Tab until the focus is on what has this name. */
async function tabTo(page: Page, name: string): Promise<void> {
  const named = () =>
    page.evaluate(() => {
      const at = document.activeElement
      return at?.getAttribute('aria-label') ?? at?.textContent?.trim() ?? ''
    })
  for (let presses = 0; presses < 150; presses++) {
    if ((await named()).startsWith(name)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`no way by Tab to ${name}`)
}

test('an owner edits by keyboard, publishes version 2, and sees what changed', async ({ page }) => {
  test.slow()
  const workspace = await withRubric('Rubric by keys')
  await signIn(page, person(workspace, 'Olga'))
  await page.goto(`/p/${workspace.project.slug}/rubrics/${workspace.version}`)

  await test.step('from the published version to a draft', async () => {
    await tabTo(page, 'Draft a new version from this one')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/edit$/)
  })

  await test.step('words are changed, a dimension moves, another is added', async () => {
    await tabTo(page, 'Anchor of level 1 of Factual accuracy')
    await page.keyboard.press('End')
    await page.keyboard.type(' Unsafe to act on.')
    await tabTo(page, 'Move Conciseness up')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('status')).toHaveText('Conciseness is now 3 of 5.')
    await expect(page.getByRole('button', { name: 'Move Conciseness up' })).toBeFocused()
    await tabTo(page, 'Add a dimension')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Tone')
    await page.keyboard.press('ControlOrMeta+s')
    await expect(page.getByRole('status')).toContainText('Saved. 4 texts are still to be written')
    await expect(anchor(page, 1, 'Factual accuracy')).toHaveValue(/Whoever acts on it goes wrong\. Unsafe to act on\.$/)
  })

  await test.step('it is not published before all is written', async () => {
    await page.getByRole('button', { name: 'Save and publish…' }).press('Enter')
    await expect(page.getByRole('heading', { name: 'It cannot be published yet' })).toBeVisible()
    await page.getByRole('link', { name: 'Go on writing' }).press('Enter')
    await page.waitForURL(/\/edit/)
    for (const level of [1, 2, 3, 4]) await anchor(page, level, 'Tone').fill(`The tone of level ${level}.`)
  })

  await test.step('it is seen as a rater sees it, then published with a note', async () => {
    await page.getByRole('button', { name: 'Save and preview' }).press('Enter')
    await expect(page.getByRole('form', { name: 'Rubric' })).toContainText('Tone')
    await page.getByRole('link', { name: 'Back to the editor' }).press('Enter')
    await page.getByRole('button', { name: 'Save and publish…' }).press('Enter')
    await expect(page.getByText('A bridge is asked for on Factual accuracy')).toBeVisible()
    await page.getByRole('button', { name: 'Publish version 2 for good' }).press('Enter')
    await expect(page.getByText('Write what this version changes')).toBeVisible()
    await page.getByLabel('What changes with this version, and why').fill('Raters asked for a word on danger.')
    await page.getByRole('button', { name: 'Publish version 2 for good' }).press('Enter')
    await expect(page.getByText('Published', { exact: true })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Edit', exact: true })).toHaveCount(0)
  })

  await test.step('the difference and the changelog tell of it', async () => {
    await page.getByRole('link', { name: 'Compare with another version' }).press('Enter')
    await expect(page.locator('ins', { hasText: 'Unsafe to act on' })).toBeVisible()
    await expect(page.getByText('moved from place 3 to 4')).toBeVisible()
    await page.goBack()
    await page.getByRole('link', { name: 'Changelog' }).press('Enter')
    const second = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Version 2' }) })
    await expect(second).toContainText('Raters asked for a word on danger.')
    await expect(second).toContainText('Dimension added (Tone)')
    await expect(second).toContainText('by Olga')
    await page.getByRole('link', { name: 'All rubrics' }).press('Enter')
    await expect(page.getByRole('heading', { name: 'Rubrics' })).toBeVisible()
  })
})

test('two who change a draft at once: the second is shown what differs, keeps the input, and decides', async ({
  browser,
}) => {
  test.slow()
  const workspace = await withRubric('Rubric by two')
  const olga = await pageOf(() => browser.newContext(), person(workspace, 'Olga'))
  const omar = await pageOf(() => browser.newContext(), person(workspace, 'Omar'))
  await olga.goto(`/p/${workspace.project.slug}/rubrics/${workspace.version}`)
  await olga.getByRole('button', { name: 'Draft a new version' }).click()
  await olga.waitForURL(/\/edit$/)
  await omar.goto(new URL(olga.url()).pathname)
  await anchor(omar, 1, 'Groundedness').fill('What Omar wrote.')
  await anchor(olga, 1, 'Groundedness').fill('What Olga wrote.')
  await olga.getByRole('button', { name: 'Save', exact: false }).first().click()
  await expect(olga.getByRole('status')).toContainText('Saved.')
  await omar.getByRole('button', { name: 'Save', exact: false }).first().click()
  await expect(omar.getByRole('alert')).toContainText('Somebody changed this draft')
  await expect(omar.getByText('What Olga wrote.')).toBeVisible()
  await expect(anchor(omar, 1, 'Groundedness')).toHaveValue('What Omar wrote.')
  await omar.getByRole('button', { name: 'Save mine over it' }).click()
  await expect(omar.getByRole('status')).toContainText('Saved.')
  await olga.reload()
  await expect(anchor(olga, 1, 'Groundedness')).toHaveValue('What Omar wrote.')
  for (const one of [olga, omar]) await one.context().close()
})

test('what was entered into a draft that somebody discards stays, and becomes a draft anew', async ({ browser }) => {
  test.slow()
  const workspace = await withRubric('Rubric gone')
  const olga = await pageOf(() => browser.newContext(), person(workspace, 'Olga'))
  const omar = await pageOf(() => browser.newContext(), person(workspace, 'Omar'))
  await olga.goto(`/p/${workspace.project.slug}/rubrics/${workspace.version}`)
  await olga.getByRole('button', { name: 'Draft a new version' }).click()
  await olga.waitForURL(/\/edit$/)
  await anchor(olga, 1, 'Groundedness').fill('What Olga wrote.')
  await omar.goto(new URL(olga.url()).pathname.replace('/edit', ''))
  await omar.getByText('Discard the draft…').click()
  await omar.getByRole('button', { name: 'Discard the draft of version 2' }).click()
  await expect(omar.getByRole('link', { name: 'Version 1' })).toBeVisible()
  await olga.keyboard.press('ControlOrMeta+s')
  await expect(olga.getByRole('alert')).toContainText('discarded this draft while you edited it')
  await expect(anchor(olga, 1, 'Groundedness')).toHaveValue('What Olga wrote.')
  await olga.getByRole('button', { name: 'Make a new draft of it' }).click()
  await expect(olga.getByRole('status')).toContainText('Saved.')
  await expect(anchor(olga, 1, 'Groundedness')).toHaveValue('What Olga wrote.')
  for (const one of [olga, omar]) await one.context().close()
})

test('what was not saved is asked about before it is left', async ({ page }) => {
  test.slow()
  const workspace = await withRubric('Rubric left')
  await signIn(page, person(workspace, 'Olga'))
  await page.goto(`/p/${workspace.project.slug}/rubrics/${workspace.version}`)
  await page.getByRole('button', { name: 'Draft a new version' }).click()
  await page.waitForURL(/\/edit$/)
  await anchor(page, 2, 'Groundedness').fill('Not saved.')
  await page.getByRole('link', { name: 'Rubric', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'Leave without saving?' })).toBeVisible()
  await page.getByRole('button', { name: 'Stay' }).click()
  await expect(anchor(page, 2, 'Groundedness')).toHaveValue('Not saved.')
  await page.getByRole('link', { name: 'Rubric', exact: true }).click()
  await page.getByRole('button', { name: 'Leave' }).click()
  await page.getByRole('link', { name: 'Version 2' }).click()
  await page.getByText('Discard the draft…').click()
  await page.getByRole('button', { name: 'Discard the draft of version 2' }).click()
  await expect(page.getByRole('link', { name: 'Version 1' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Version 2' })).toHaveCount(0)
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('rows are added, moved and taken out, and what was typed stays', async ({ page }) => {
    test.slow()
    const workspace = await withRubric('Rubric plain')
    await signIn(page, person(workspace, 'Olga'))
    await page.goto(`/p/${workspace.project.slug}/rubrics/new`)
    await page.getByLabel('Name').fill('Tone of voice')
    await page.getByLabel('Nothing').check()
    await page.getByRole('button', { name: 'Make the draft' }).click()
    await page.getByLabel('Name').fill('Warmth')
    await anchor(page, 4, 'dimension 1').fill('Kind throughout.')
    await page.getByRole('button', { name: 'Add level 5 to dimension 1' }).click()
    await expect(page.getByLabel('Name')).toHaveValue('Warmth')
    await anchor(page, 5, 'Warmth').fill('Kinder still.')
    await page.getByRole('button', { name: 'Add a dimension' }).click()
    await page.getByLabel('Name').nth(1).fill('Plainness')
    await page.getByRole('button', { name: 'Move dimension 2 up' }).click()
    await expect(page.getByLabel('Name').nth(0)).toHaveValue('Plainness')
    await expect(anchor(page, 4, 'Warmth')).toHaveValue('Kind throughout.')
    await page.getByRole('button', { name: 'Take Plainness out' }).click()
    await page.locator('summary', { hasText: 'of level 1 of Warmth' }).click()
    await page.getByRole('button', { name: 'Add an example of level 1 of Warmth' }).click()
    await page.getByRole('textbox', { name: 'Example 1 of level 1 of Warmth' }).fill('“No.”')
    await page.getByLabel('Name').press('Enter')
    await expect(page.getByText('Saved. 3 texts are still to be written')).toBeVisible()
    await expect(page.getByRole('textbox', { name: 'Example 1 of level 1 of Warmth' })).toHaveValue('“No.”')
    await expect(page.getByLabel('Name')).toHaveCount(1)
  })
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test(`the pages of a rubric are accessible and fit: ${colorScheme}, ${width}`, async ({ browser }) => {
      test.slow()
      const workspace = await withRubric(`Rubric seen ${colorScheme} ${width}`)
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 844 } })
      const page = await pageOf(async () => context, person(workspace, 'Olga'))
      const rubrics = `/p/${workspace.project.slug}/rubrics`
      await page.goto(`${rubrics}/${workspace.version}`)
      await page.getByRole('button', { name: 'Draft a new version' }).click()
      await page.waitForURL(/\/edit$/)
      const draft = new URL(page.url()).pathname.replace('/edit', '')
      await anchor(page, 1, 'Groundedness').fill('Another word.')
      await page.getByRole('button', { name: 'Take Conciseness out' }).click()
      await page.getByRole('button', { name: 'Save', exact: false }).first().click()
      await expect(page.getByRole('status')).toContainText('Saved.')
      const paths = ['/edit', '/publish', '/preview', ''].map((part) => `${draft}${part}`)
      const others = ['', '/new', '/factual-qa/changelog', `/compare?to=${draft.split('/').at(-1)}`]
      for (const path of [...paths, ...others.map((part) => `${rubrics}${part}`)]) {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect([path, violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)]).toEqual([path, []])
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect([path, over]).toEqual([path, 0])
      }
      await context.close()
    })
  }
}

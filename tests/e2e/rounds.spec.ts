/** Making a round for a large panel: raters are found by name, and the preview follows. */
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { roundRaters } from '#db/schema/rounds.ts'
import { addCase, addPerson, addRubric, addSystemVersion, type Person } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { makeWorkspace, openTestStore, signIn, type Workspace } from './support/workspace.ts'

const RATERS = 300

let store: Store
let workspace: Workspace

test.beforeAll(async () => {
  store = openTestStore()
  workspace = await makeWorkspace(store, 'Large panel', { Lea: ['lead'] })
  await store.write(async (tx) => {
    const { project } = workspace
    await addRubric(tx, project)
    const system = await addSystemVersion(tx, project, 'one')
    for (let i = 0; i < 4; i++) await addCase(tx, project, system.id, { key: `case-${i}` })
    for (let i = 1; i <= RATERS; i++) await addPerson(tx, project, ['rater'], { name: `Rater ${i}` })
  })
})

test.afterAll(() => store.close())

test('three of three hundred raters are found, ticked and taken', async ({ page }) => {
  await signIn(page, workspace.people.Lea as Person)
  await page.goto(`/p/${workspace.project.slug}/rounds/new`)
  const boxes = page.getByRole('group', { name: 'Who' })
  await expect(boxes.getByText('300 of 300 ticked')).toBeVisible()
  await expect(boxes.getByRole('checkbox').nth(9)).toHaveAccessibleName(/^Rater 10\b/)

  await boxes.getByRole('button', { name: 'Untick all in view' }).click()
  await expect(boxes.getByText('0 of 300 ticked')).toBeVisible()
  const find = boxes.getByRole('searchbox', { name: 'Find by name' })
  await find.fill('RATER 29')
  await expect(boxes.getByRole('checkbox')).toHaveCount(11)
  // Enter in the search does not send the form around it
  await find.press('Enter')
  await boxes.getByLabel('Rater 297').check()
  await find.fill('rater 30')
  await boxes.getByRole('button', { name: 'Tick all in view', exact: true }).click()
  await expect(boxes.getByText('3 of 300 ticked')).toBeVisible()
  const preview = page.getByRole('complementary', { name: 'What this round comes to' })
  await expect(preview.getByText(/12 ratings, about 10 min for each of 3 raters/)).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])

  await page.getByRole('button', { name: 'Make the round' }).click()
  await page.waitForURL(/rounds\/[\w-]{20,}$/)
  const id = page.url().split('/').at(-1) as string
  const taken = await store.read.select().from(roundRaters).where(eq(roundRaters.roundId, id))
  expect(taken).toHaveLength(3)
})

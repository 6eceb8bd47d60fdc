import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { newId, now } from '#app/ambient.ts'
import { references } from '#db/schema/cases.ts'
import { addCase, addRubric, addSystemVersion } from '#db/seed/rows.ts'
import { makeWorkspace, openTestStore, pageOf } from './support/workspace.ts'

async function faultsIn(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    const { violations } = await new AxeBuilder({ page }).analyze()
    found.push(...violations.map(({ id, nodes }) => `${scheme}: ${id} at ${nodes[0]?.target.join(' ')}`))
  }
  return found
}

const backAtTheList = (page: Page) =>
  expect(page.getByRole('heading', { name: 'References to write and check' })).toBeVisible()

test('a case becomes whole: asked for, written by one, checked by another, and a better answer taken up', async ({
  browser,
}) => {
  const store = openTestStore()
  const { project, people } = await makeWorkspace(store, 'References', {
    Olu: ['owner'],
    Ada: ['rater'],
    Ben: ['rater'],
  })
  const { Olu, Ada, Ben } = people
  if (!Olu || !Ada || !Ben) throw new Error('nobody is there')
  await store.write(async (tx) => {
    await addRubric(tx, project)
    const system = await addSystemVersion(tx, project)
    const { caseId } = await addCase(tx, project, system.id, { key: 'late-appeal', input: 'How long may I wait?' })
    // What a rater wrote beside a rating, as submitting one leaves it.
    await tx.insert(references).values({
      id: newId(),
      projectId: project.id,
      caseId,
      quality: 'high',
      text: 'There is a deadline; ask member services.',
      contentHash: 'of no matter here',
      authorId: Ada.id,
      state: 'candidate',
      fromRatingId: newId(),
      createdAt: now(),
    })
  })
  await store.close()
  const as = (person: typeof Olu) => pageOf(() => browser.newContext(), person)
  const [owner, ada, ben] = [await as(Olu), await as(Ada), await as(Ben)]
  const at = (path: string) => `/p/${project.slug}/${path}`

  await test.step('the owner sees what is missing and asks for the high one', async () => {
    await owner.goto(at('references/missing'))
    await expect(owner.getByText('0 of 1 cases have a validated high')).toBeVisible()
    await owner.getByRole('checkbox', { name: 'late-appeal, high' }).check()
    await owner.getByRole('button', { name: 'Ask for them' }).click()
    await expect(owner.getByRole('status')).toHaveText('Asked for 1 reference to be written.')
    await expect(owner.getByRole('cell', { name: 'asked to be written' })).toBeVisible()
    expect(await faultsIn(owner)).toEqual([])
  })

  await test.step('an expert writes it; what is typed is kept', async () => {
    await ada.goto(at('references'))
    await ada.getByRole('button', { name: 'Take it' }).click()
    await expect(ada.getByRole('heading', { name: 'Write a high reference' })).toBeVisible()
    await expect(ada.getByText('What good looks like: the top level')).toBeVisible()
    await ada.getByLabel('The high reference').fill('**180 days** from the date on the letter.')
    await expect(ada.getByText('Saved.', { exact: true })).toBeVisible()
    await expect(ada.getByRole('region', { name: 'Preview' }).locator('strong')).toHaveText('180 days')
    await ada.reload()
    await expect(ada.getByLabel('The high reference')).toHaveValue('**180 days** from the date on the letter.')
    expect(await faultsIn(ada)).toEqual([])
    await ada.getByRole('button', { name: 'Hand it in' }).click()
    await expect(ada.getByText('Nothing to write or check')).toBeVisible()
  })

  await test.step('a second person refuses it with a note, and it is written anew', async () => {
    await ben.goto(at('references'))
    await ben.getByRole('button', { name: 'Take it' }).click()
    await expect(ben.getByRole('region', { name: 'The reference to check' })).toContainText('180 days')
    await ben.getByRole('button', { name: 'Refuse it' }).click()
    await expect(ben.getByText('Say what is wrong with it')).toBeVisible()
    await ben.getByLabel('Note').fill('Say what to send.')
    expect(await faultsIn(ben)).toEqual([])
    await ben.getByRole('button', { name: 'Refuse it' }).click()
    await backAtTheList(ben)
    await ada.goto(at('references'))
    await ada.getByRole('button', { name: 'Take it' }).click()
    await expect(ada.getByRole('region', { name: 'Refused before' })).toContainText('Say what to send.')
    await ada.getByLabel('The high reference').fill('180 days from the date on the letter; send the letter along.')
    await ada.getByRole('button', { name: 'Hand it in' }).click()
    await backAtTheList(ada)
    await ben.goto(at('references'))
    await ben.getByRole('button', { name: 'Take it' }).click()
    await ben.getByRole('button', { name: 'It is what it says' }).click()
    await expect(ben.getByText('Nothing to write or check')).toBeVisible()
  })

  await test.step('the owner takes up a better answer as the borderline one; its rater never checks it', async () => {
    await owner.goto(at('references/candidates'))
    await owner.getByRole('button', { name: 'Take up as borderline' }).click()
    await expect(owner.getByRole('status')).toContainText('Somebody else is asked to check it.')
    await ada.goto(at('references'))
    await expect(ada.getByText('Nothing to write or check')).toBeVisible()
    await ben.goto(at('references'))
    await ben.getByRole('button', { name: 'Take it' }).click()
    await ben.getByRole('button', { name: 'It is what it says' }).click()
    await backAtTheList(ben)
  })

  await test.step('the case is whole, and shows who wrote and checked what, and what changed', async () => {
    await owner.goto(at('references/missing'))
    await expect(owner.getByText('Every case has a validated reference of both qualities')).toBeVisible()
    await owner.goto(at('cases'))
    await expect(owner.getByRole('cell', { name: 'Both validated' })).toBeVisible()
    await owner.getByRole('link', { name: 'How long may I wait?' }).click()
    const section = owner.getByRole('region', { name: 'References', exact: true })
    await expect(section.getByText('Validated', { exact: true })).toHaveCount(2)
    await expect(section.getByText('Written by Ada').first()).toBeVisible()
    await expect(section.getByText('Offered by Ada')).toBeVisible()
    await section.getByText('What changed from the text of').click()
    await expect(section.locator('ins').first()).toBeVisible()
    await expect(owner.getByRole('region', { name: 'History' })).toContainText('validated the high reference')
    expect(await faultsIn(owner)).toEqual([])
  })
})

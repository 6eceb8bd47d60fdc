/** A sealed case: rated by a rater, unseen by its owner, each opening on record, and opened once more by two people together. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { users } from '#db/schema/people.ts'
import { addRound, addRubric, addSystemVersion } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { addWholeCase, sealAway, textsWith } from '#tests/support/sealed.ts'
import { isReady, press } from './support/round.ts'
import { makeWorkspace, openTestStore, pageOf, type Workspace } from './support/workspace.ts'

const MARK = 'quittenbrot'
const KEY = 'sealed-case-1'

let store: Store
test.beforeAll(() => {
  store = openTestStore()
})
test.afterAll(() => store.close())

const ROLES = { Rita: ['rater'], Olga: ['owner'], Lea: ['lead'], Adam: ['admin'] } as const

async function sealedRound(name: string): Promise<{ workspace: Workspace; caseId: string; round: string }> {
  const workspace = await makeWorkspace(store, name, ROLES)
  const { project, people } = workspace
  const made = await store.write(async (tx) => {
    const system = await addSystemVersion(tx, project, 'bakery-1')
    const rubric = await addRubric(tx, project)
    const one = await addWholeCase(tx, project, system.id, textsWith(MARK, KEY))
    const { id } = await addRound(tx, project, rubric.versionId, [people.Rita?.id ?? ''], [one])
    await sealAway(tx, project, [one.caseId])
    await tx.update(users).set({ tourSeenAt: 1 })
    return { caseId: one.caseId, round: id }
  })
  return { workspace, ...made }
}

async function hasNoBarrier(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([])
}

test('a sealed item is rated, its owner reads none of it, the ledger knows who did, and two people break the seal', async ({
  browser,
}) => {
  test.slow()
  const { workspace, caseId, round } = await sealedRound('Sealed')
  const home = `/p/${workspace.project.slug}`
  const as = (name: keyof typeof ROLES) =>
    pageOf(() => browser.newContext(), { email: workspace.people[name]?.email ?? '' })

  const rita = await as('Rita')
  await rita.goto(`${home}/rate/${round}`)
  await isReady(rita)
  await expect(rita.locator('.question')).toContainText(MARK)
  await expect(rita.locator('.sources')).toContainText(MARK)
  await expect(rita.locator('.canary')).toHaveText(/^assay-canary-/)
  await press(rita, '3', '2', 'Control+Enter')
  await expect(rita.locator('.rubric')).toHaveCount(0)
  await rita.goto(`${home}/history`)
  await expect(rita.locator('.own-ratings')).not.toContainText(MARK)
  await rita.locator('.own-ratings a').first().click()
  await expect(rita.locator('.question')).toContainText(MARK)

  const olga = await as('Olga')
  await olga.goto(`${home}/cases?q=${MARK}`)
  await expect(olga.getByText('No case fits')).toBeVisible()
  for (const path of ['cases', `cases/${caseId}`, 'traces', 'exposures', `agreement/ratings`]) {
    await olga.goto(`${home}/${path}`)
    expect(await olga.content()).not.toContain(MARK)
  }
  await olga.goto(`${home}/cases/${caseId}`)
  await expect(olga.getByText('This case is sealed')).toBeVisible()
  await hasNoBarrier(olga)
  await olga.getByRole('link', { name: 'Pools', exact: true }).click()
  await olga.getByRole('navigation', { name: 'Pools' }).getByRole('link', { name: 'Exposures' }).click()
  await expect(olga.getByRole('row', { name: new RegExp(KEY) }).filter({ hasText: 'Rating it' })).toHaveCount(1)
  await expect(olga.getByText('by one person')).toBeVisible()
  await hasNoBarrier(olga)

  const lea = await as('Lea')
  await lea.goto(`${home}/cases/${caseId}`)
  await lea.getByRole('link', { name: 'Break the seal…' }).click()
  await lea.getByRole('button', { name: 'Ask to break the seal' }).click()
  await expect(lea.getByText('Say why')).toBeVisible()
  await lea.getByLabel('Why').fill('A member says that it holds her name.')
  await lea.getByRole('button', { name: 'Ask to break the seal' }).click()
  await expect(lea.getByText('An admin of the project, who is another person, has to agree.')).toBeVisible()
  await hasNoBarrier(lea)

  const adam = await as('Adam')
  await adam.goto(`${home}/exposures`)
  await adam.getByRole('link', { name: KEY }).first().click()
  await expect(adam.getByText('A member says that it holds her name.')).toBeVisible()
  expect(await adam.content()).not.toContain(MARK)
  await adam.getByRole('button', { name: 'Agree: break the seal' }).click()
  await expect(adam.getByText('Burnt', { exact: true }).first()).toBeVisible()

  await lea.reload()
  expect(await lea.content()).not.toContain(MARK)
  await lea.getByRole('button', { name: 'Open the case' }).click()
  await expect(lea.locator('main')).toContainText(`Question with ${MARK}?`)
  await hasNoBarrier(lea)
  await lea.goto(`${home}/exposures`)
  await expect(lea.getByRole('row', { name: /Its seal was broken/ })).toContainText('Lea')
})

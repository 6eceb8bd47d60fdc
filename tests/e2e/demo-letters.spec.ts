/** The demo's second project: what a newcomer finds on its drift page, and how to get from one project to the other. */
import { expect, test } from '@playwright/test'
import { DEMO_PASSWORD } from '#db/seed/demo.ts'
import { signIn } from './support/workspace.ts'

/** Figures that nobody has asked for before are computed first. */
const COMPUTED = { timeout: 45_000 }

test('one press on the sign-in page leads to the drift page, which tells the causes apart', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Seven months of drift' }).click()
  await expect(page).toHaveURL('/p/claim-letters/drift')
  await expect(page.locator('.finding').first()).toContainText('which reads the rubric more strictly', COMPUTED)
  await expect(page.getByText('Simulated ratings').first()).toBeVisible()
  const alarms = page.getByRole('region', { name: 'Alarms', exact: true })
  await expect(alarms.getByRole('row', { name: /The panel Plain words stricter, version 2/ })).toBeVisible()
  await expect(alarms.getByRole('row', { name: /K\. Lindqvist Grounds stricter than the panel/ })).toBeVisible()
  const all = page.getByRole('region', { name: 'All dimensions', exact: true })
  await expect(all.getByRole('row', { name: /Conciseness .* The rubric’s version 2, −0\.\d\d/ })).toBeVisible()
  await expect(all.getByRole('row', { name: /Next step .* The model, \+0\.\d\d/ })).toBeVisible()
  await all.getByRole('link', { name: 'Conciseness' }).click()
  await expect(page.locator('.finding').first()).toContainText('came with version 2 of the rubric')
})

test('a rater of both projects finds a queue in each', async ({ page }) => {
  await signIn(page, { email: 'kofi.lindqvist@alderbrook.example' }, DEMO_PASSWORD)
  await expect(page).toHaveURL('/p/member-handbook/queue')
  await page.getByRole('link', { name: 'Claim letters', exact: true }).click()
  await expect(page).toHaveURL('/p/claim-letters/queue')
  await expect(page.getByText('items are left')).toBeVisible()
  await page.getByRole('link', { name: 'Member handbook assistant', exact: true }).click()
  await expect(page).toHaveURL('/p/member-handbook/queue')
})

import { expect, test } from '@playwright/test'
import { type EmptyServer, startEmpty } from './support/empty.ts'

let server: EmptyServer
test.beforeAll(async () => {
  server = await startEmpty(Number(process.env.ASSAY_E2E_PORT ?? 4173) + 1)
})
test.afterAll(() => server.stop())

test('the first start makes the first admin and project, once', async ({ page, browser }) => {
  await page.goto(`${server.url}/`)
  await expect(page.getByRole('heading', { name: 'Not set up yet' })).toBeVisible()
  expect((await page.goto(`${server.url}/set-up?token=guessed`))?.status()).toBe(404)

  await page.goto(`${server.url}/set-up?token=${server.token}`)
  await page.getByLabel('Name', { exact: true }).first().fill('Ruth Abara')
  await page.getByLabel('Email').fill('not an address')
  await page.getByLabel('Password').fill('five quiet words in march')
  await page.getByLabel('Name', { exact: true }).last().fill('Cardiology Q&A')
  await page.getByLabel('Rater').check()
  await page.getByRole('button', { name: 'Make the account and the project' }).click()
  await expect(page.getByText('is not an email address')).toBeVisible()
  await expect(page.getByLabel('Name', { exact: true }).last()).toHaveValue('Cardiology Q&A')
  await expect(page.getByLabel('Rater')).toBeChecked()
  await page.getByLabel('Email').fill('ruth@example.org')
  await page.getByLabel('Password').fill('five quiet words in march')
  await page.getByRole('button', { name: 'Make the account and the project' }).click()
  await expect(page).toHaveURL(/\/p\/cardiology-q-a\//)
  for (const name of ['Queue', 'Rounds', 'Cases', 'People']) {
    await expect(page.getByRole('navigation', { name: 'Assay' }).getByRole('link', { name })).toBeVisible()
  }

  const other = await (await browser.newContext()).newPage()
  expect((await other.goto(`${server.url}/set-up?token=${server.token}`))?.status()).toBe(404)
})

/** Agreement beyond its first page: two figures compared, ratings planned, by keyboard too. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { DEMO_PASSWORD } from '#db/seed/demo.ts'
import { signIn } from './support/workspace.ts'

const PROJECT = '/p/member-handbook'
const LEAD = { email: 'tobias.mwangi@alderbrook.example' }
/** What nobody has asked for before is computed first. */
const COMPUTED = { timeout: 45_000 }

async function hasNoFaults(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${colorScheme}: ${id} at ${nodes[0]?.target.join(' ')}`)).toEqual([])
  }
}

const fitsThePhone = (page: Page) =>
  expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)

test.beforeEach(async ({ page }) => {
  await signIn(page, LEAD, DEMO_PASSWORD)
})

test('a lead compares two dimensions on the same responses, by keyboard alone', async ({ page }) => {
  await page.goto(`${PROJECT}/agreement?dimension=conciseness`)
  await page.getByRole('link', { name: 'Compare', exact: true }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Compare agreement' }).waitFor(COMPUTED)
  const first = page.getByRole('combobox', { name: 'Dimension', exact: true })
  await expect(first).toHaveValue('conciseness')
  // what stands in the address of the first page is what is compared here
  const other = page.getByRole('combobox', { name: 'Compared with' })
  await other.focus()
  await page.keyboard.type('Factual')
  await expect(other).toHaveValue('accuracy')
  await page.getByRole('button', { name: 'Compare' }).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/other=accuracy/)
  const table = page.getByRole('region', { name: 'Two figures compared' })
  await expect(table.getByRole('columnheader').nth(1)).toHaveText('Conciseness')
  await expect(table.getByRole('columnheader').nth(2)).toHaveText('Factual accuracy')
  const cells = table.getByRole('row', { name: 'alpha, ordinal' }).getByRole('cell')
  await expect(cells).toHaveCount(5)
  const [one = '', two = '', difference = ''] = await cells.allTextContents()
  const number = (text: string) => Number(text.replace('−', '-').replace('+', ''))
  expect(number(one) - number(two)).toBeCloseTo(number(difference), 1)
  expect(number(difference)).toBeLessThan(0)
  // two raters read conciseness in a way of their own: a difference that the interval bears out
  await expect(page.locator('.finding').first()).toContainText(/conciseness/i)
  await hasNoFaults(page)
  await page.getByRole('link', { name: 'Back to agreement' }).click()
  await expect(page).toHaveURL(/agreement\?dimension=conciseness$/)
})

test('two sides without a response in common are not compared, and it says so', async ({ page }) => {
  await page.goto(`${PROJECT}/agreement/compare?dimension=accuracy&from=2030-01-01`)
  await expect(page.locator('main')).toContainText(/cannot be compared|nothing to compare/, COMPUTED)
  await hasNoFaults(page)
})

test('a lead plans how many ratings a narrower interval takes, and is told what cannot be planned', async ({
  page,
}) => {
  await page.goto(`${PROJECT}/agreement?dimension=conciseness`)
  await page.getByRole('link', { name: 'Plan ratings' }).click()
  await page.getByRole('heading', { name: 'Plan ratings' }).waitFor(COMPUTED)
  const width = page.getByLabel('Width of the interval')
  const ratings = async () => {
    const rows = page.getByRole('region', { name: 'Items by raters an item', exact: true }).getByRole('row')
    await expect(rows).toHaveCount(6, COMPUTED)
    const text = await rows.nth(2).getByRole('cell').nth(0).textContent()
    return Number(text?.replaceAll(/\D/g, ''))
  }
  await width.fill('0.2')
  await width.press('Enter')
  await expect(page).toHaveURL(/width=0\.2/)
  const wide = await ratings()
  await width.fill('0.1')
  await width.press('Enter')
  await expect(page).toHaveURL(/width=0\.1/)
  await expect.poll(ratings).toBeGreaterThan(2 * wide)
  await expect(page.locator('.finding').first()).toBeVisible()
  await hasNoFaults(page)

  await page.getByLabel('Alpha to expect').fill('much')
  await page.getByLabel('Alpha to expect').press('Enter')
  await expect(page.getByLabel('Alpha to expect')).toHaveValue('much')
  await expect(page.getByLabel('Alpha to expect')).toHaveAttribute('aria-invalid', 'true')
})

test('both fit a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  for (const at of ['compare?dimension=conciseness&other=accuracy', 'plan?dimension=conciseness']) {
    await page.goto(`${PROJECT}/agreement/${at}`)
    await page.locator('.finding').first().waitFor(COMPUTED)
    await fitsThePhone(page)
  }
})

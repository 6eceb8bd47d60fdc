import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { DEMO_PASSWORD } from '#db/seed/demo.ts'
import { signIn } from './support/workspace.ts'

/** Figures that nobody has asked for before are computed first. */
const COMPUTED = { timeout: 45_000 }

const PROJECT = '/p/member-handbook'
const LEAD = { email: 'tobias.mwangi@alderbrook.example' }
const RATER = { email: 'imogen.tarrow@alderbrook.example' }
const OTHERS = ['Quill', 'Brandal', 'Lindqvist', 'Okereke', 'Fairlie', 'Solberg', 'Penhale']

async function faultsIn(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    const { violations } = await new AxeBuilder({ page }).analyze()
    found.push(...violations.map(({ id, nodes }) => `${scheme}: ${id} at ${nodes[0]?.target.join(' ')}`))
  }
  return found
}

/** The text of a file that a link gives. */
async function downloaded(page: Page, section: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('region', { name: section }).getByRole('link', { name: 'CSV' }).click(),
  ])
  const stream = await download.createReadStream()
  let text = ''
  for await (const chunk of stream) text += chunk
  return text
}

test('a lead reads who is severe, in words, figures and files, and goes down to the ratings', async ({ page }) => {
  await signIn(page, LEAD, DEMO_PASSWORD)
  await page.goto(PROJECT)
  await page.getByRole('link', { name: 'Calibration', exact: true }).click()
  await expect(page.locator('.finding').first()).toContainText(
    'On conciseness, W. Okereke and D. Fairlie score',
    COMPUTED,
  )
  await expect(page.locator('.finding').last()).toContainText('All 390 ratings are simulated')
  const severity = page.getByRole('region', { name: 'Severity in points', exact: true })
  await expect(severity.getByRole('img', { name: 'Severity per rater in points' })).toBeVisible()
  await severity.getByText('Severity as a table').click()
  await expect(severity.getByRole('row')).toHaveCount(7)
  await expect(page.getByText('None of the six raters who could be looked at rates carelessly')).toBeVisible(COMPUTED)

  await severity.getByRole('link', { name: 'Show logits' }).click()
  await expect(page.getByRole('heading', { name: 'Severity in logits' })).toBeVisible()
  await page.getByRole('link', { name: 'Show points' }).click()
  await expect(page.getByRole('heading', { name: 'Severity in points' })).toBeVisible()

  const file = await downloaded(page, 'Severity in points')
  expect(file.split('\r\n')[0]).toMatch(/^rater,scores,group,severity_points,/)
  expect(file).toMatch(/\r\nD\. Fairlie,/)
  expect(await downloaded(page, 'Fair scores of items')).toMatch(
    /^item_id,item,system_version,raters,raw_mean,fair_score/,
  )
  expect(await downloaded(page, 'Careless raters and copying pairs')).toMatch(/^about,first,second,shared_items/)

  await page.locator('select[name="rater"]').selectOption({ label: 'I. Tarrow' })
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByText('I. Tarrow alone is shown')).toBeVisible()
  await expect(severity.getByRole('row')).toHaveCount(2)
  await severity.getByRole('link', { name: /scores by I\. Tarrow, as ratings/ }).click()
  await expect(page.getByText(/ratings in force by Imogen Tarrow/)).toBeVisible()
  await page.getByRole('link', { name: 'Back to calibration' }).click()
  await expect(page.getByRole('heading', { name: 'Calibration', level: 1 })).toBeVisible()
})

test('nothing on the lead’s page or the rater’s is out of reach', async ({ page }) => {
  test.slow()
  await signIn(page, LEAD, DEMO_PASSWORD)
  await page.goto(`${PROJECT}/calibration`)
  await expect(page.getByText('None of the six raters')).toBeVisible(COMPUTED)
  for (const folded of await page.locator('main details > summary').all()) await folded.click()
  expect(await faultsIn(page)).toEqual([])
  await page.context().clearCookies()
  await signIn(page, RATER, DEMO_PASSWORD)
  await page.goto(`${PROJECT}/my-calibration`)
  await page.getByText('The levels as a table').click()
  expect(await faultsIn(page)).toEqual([])
})

test('a rater reads their own calibration, and nothing their browser hears names another', async ({ page }) => {
  // the sign-in page of a demo lists everybody; what comes after is the rater's own
  await signIn(page, RATER, DEMO_PASSWORD)
  const heard: string[] = []
  page.on('response', async (response) => {
    const kind = response.headers()['content-type'] ?? ''
    if (!/html|json|x-script/.test(kind)) return
    heard.push(await response.text().catch(() => ''))
  })
  await page.goto(`${PROJECT}/queue`)
  await page.getByRole('link', { name: 'My calibration' }).click()
  await expect(page.locator('.finding').first()).toContainText(
    'points lower than the average rater on the same items',
    COMPUTED,
  )
  await expect(page.locator('.finding').last()).toContainText('You agree with the consensus of the others in')
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Round by round' })).toBeVisible()
  const all = heard.join('\n')
  expect(all).toContain('Round by round')
  for (const name of OTHERS) expect(all).not.toContain(name)
  expect(all).not.toMatch(/handbook-[12]\.\d/)

  for (const path of ['calibration', 'calibration.csv?table=severity', 'agreement/ratings']) {
    const answer = await page.request.get(`${PROJECT}/${path}`)
    expect(answer.status(), path).toBe(403)
  }
})

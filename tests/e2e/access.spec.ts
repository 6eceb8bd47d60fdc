import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { DEMO_PASSWORD } from '#db/seed/demo.ts'
import { signIn } from './support/workspace.ts'

const ADMIN = { email: 'edda.morrow@alderbrook.example' }
const PROJECT = '/p/member-handbook'
const WORDS = 'nine quiet words about rain'

const freshEmail = (name: string) => `${name}-${Date.now()}-${Math.random().toString(36).slice(2, 7)}@example.org`

/** Invites somebody as the signed-in admin and returns the link. */
async function invite(page: Page, name: string, email: string): Promise<string> {
  await page.goto(`${PROJECT}/people/invite`)
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Email').fill(email)
  await page.getByRole('button', { name: 'Make the invitation' }).click()
  return page.getByRole('textbox', { name: `Link for ${name}` }).inputValue()
}

test.describe('signing in', () => {
  test('keeps the email, says what is wrong, and after five failures how long to wait', async ({ page }) => {
    const email = freshEmail('nobody')
    await page.goto(`/sign-in?to=${PROJECT}/permissions`)
    for (let i = 0; i < 5; i++) {
      await page.getByLabel('Email').fill(email)
      await page.getByLabel('Password').fill(`guess number ${i}`)
      const [response] = await Promise.all([
        page.waitForResponse((one) => one.request().method() === 'POST'),
        page.getByRole('button', { name: 'Sign in', exact: true }).click(),
      ])
      expect(response.status()).toBe(400)
      await expect(page.getByRole('alert')).toContainText('do not belong together')
      await expect(page.getByLabel('Email')).toHaveValue(email)
    }
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(page.getByRole('alert')).toContainText(/Wait 1[45] minutes/)
  })

  test('leads back to where one wanted to go, and nowhere else', async ({ page }) => {
    await page.goto(`${PROJECT}/audit?action=demo.seeded`)
    expect(new URL(page.url()).pathname).toBe('/sign-in')
    await page.getByLabel('Email').fill(ADMIN.email)
    await page.getByLabel('Password').fill(DEMO_PASSWORD)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(page).toHaveURL(`${PROJECT}/audit?action=demo.seeded`)
    await page.goto('/sign-in?to=https://example.org/')
    await expect(page).not.toHaveURL(/example\.org/)
  })
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('one signs in, invites, and signs out', async ({ page }) => {
    await signIn(page, ADMIN, DEMO_PASSWORD)
    expect(await invite(page, 'Plain Jane', freshEmail('jane'))).toContain('/invitation/')
    await page.goto('/account')
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.goto('/account')
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  })
})

test('an invited person joins, reaches what a rater may, manages the account, and is disabled', async ({
  page,
  browser,
}) => {
  const email = freshEmail('nia')
  await signIn(page, ADMIN, DEMO_PASSWORD)
  const link = await invite(page, 'Nia Oduya', email)

  const theirs = await browser.newContext()
  const nia = await theirs.newPage()
  await nia.goto(link)
  await nia.getByLabel('Choose a password').fill('short')
  await nia.getByRole('button', { name: 'Join' }).click()
  await expect(nia.getByText('Use at least 12 characters')).toBeVisible()
  await nia.getByLabel('Choose a password').fill(WORDS)
  await nia.getByRole('button', { name: 'Join' }).click()
  await expect(nia).toHaveURL(`${PROJECT}/queue`)
  await nia.goto(link)
  await expect(nia.getByRole('heading', { name: 'No longer here' })).toBeVisible()

  const refused = await nia.goto(`${PROJECT}/cases`)
  expect(refused?.status()).toBe(403)
  await expect(nia.getByText('needs the role owner or lead')).toBeVisible()
  await expect(nia.getByRole('navigation', { name: 'Assay' })).toBeVisible()
  expect((await nia.goto(`${PROJECT}/nowhere`))?.status()).toBe(404)
  expect((await nia.goto('/p/no-such-project/cases'))?.status()).toBe(404)

  await nia.goto('/account')
  await nia.getByLabel('Present password').fill('not this')
  await nia.getByLabel('New password').fill('other quiet words about snow')
  await nia.getByRole('button', { name: 'Change the password' }).click()
  await expect(nia.getByText('This is not your present password.')).toBeVisible()
  await nia.getByLabel('Present password').fill(WORDS)
  await nia.getByLabel('New password').fill('other quiet words about snow')
  await nia.getByRole('button', { name: 'Change the password' }).click()
  await expect(nia.getByRole('status')).toContainText('Your password is changed')

  await page.goto(`${PROJECT}/people?q=${encodeURIComponent(email)}`)
  await page.getByRole('link', { name: 'Nia Oduya' }).click()
  await page.getByRole('checkbox', { name: 'Builder' }).check()
  await page.getByRole('button', { name: 'Save the roles' }).click()
  await expect(page.getByRole('status')).toContainText('Given: builder.')
  await expect(page.getByText('Whoever builds the product should not rate it')).toBeVisible()
  await page.getByText('Disable the account…').click()
  await page.getByRole('button', { name: 'Disable the account of Nia Oduya' }).click()
  await expect(page.getByRole('status')).toContainText('The account is disabled')
  await nia.goto('/account')
  await expect(nia.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await theirs.close()
})

test('the audit log tells what was done, unfolds, is checked and downloaded', async ({ page }) => {
  await signIn(page, ADMIN, DEMO_PASSWORD)
  await page.goto(`${PROJECT}/audit`)
  await page.getByLabel('Action').selectOption('demo.seeded')
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'made the demo workspace' })).toHaveCount(1)
  await page.getByText('made the demo workspace').click()
  await expect(page.getByText('demo.seeded', { exact: true }).last()).toBeVisible()
  await page.getByRole('button', { name: 'Check the chain' }).click()
  await expect(page.getByRole('status')).toContainText('are as they were written')
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'JSONL' }).click()])
  expect(file.suggestedFilename()).toBe('member-handbook-audit.jsonl')
})

test('the server refuses what another site sends, form or fetch', async ({ page, baseURL }) => {
  await signIn(page, ADMIN, DEMO_PASSWORD)
  const asForm = { form: { intent: 'end-all' }, maxRedirects: 0 }
  const foreign: Record<string, string>[] = [
    { Origin: 'https://evil.example' },
    { 'Sec-Fetch-Site': 'cross-site', Origin: baseURL ?? '' },
  ]
  for (const headers of foreign) {
    expect((await page.request.post('/account.data', { ...asForm, headers })).status()).toBe(403)
  }
  await page.goto('/account')
  await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible()
})

test('on a phone the way to other pages is behind a button, and closes when one was taken', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await signIn(page, ADMIN, DEMO_PASSWORD)
  await page.goto(`${PROJECT}/audit`)
  const people = page.getByRole('navigation', { name: 'Assay' }).getByRole('link', { name: 'People' })
  await expect(people).toBeHidden()
  await page.getByRole('button', { name: 'Menu' }).press('Enter')
  await expect(people).toBeInViewport()
  await people.click()
  await expect(page.getByRole('heading', { name: 'People', level: 1 })).toBeVisible()
  await expect(people).toBeHidden()
})

const PAGES = ['people', 'people/invite', 'permissions', 'audit', 'settings', 'nowhere'].map(
  (page) => `${PROJECT}/${page}`,
)

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test(`pages are accessible and fit: ${colorScheme}, ${width}`, async ({ browser }) => {
      // Twelve pages, each looked through whole.
      test.slow()
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 844 } })
      const page = await context.newPage()
      const check = async (path: string) => {
        await page.goto(path)
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect([path, violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)]).toEqual([path, []])
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect([path, over]).toEqual([path, 0])
      }
      await check('/sign-in')
      await check('/invitation/no-such-link')
      await signIn(page, ADMIN, DEMO_PASSWORD)
      for (const path of ['/account', '/projects/new', ...PAGES]) await check(path)
      await page.goto(`${PROJECT}/people`)
      await check(
        new URL(await page.getByRole('link', { name: 'Imogen Tarrow' }).evaluate((a: HTMLAnchorElement) => a.href))
          .pathname,
      )
      await context.close()
    })
  }
}

import type { Page } from '@playwright/test'
import { DEMO_PASSWORD } from '#db/seed/demo.ts'

/** Signs in by the form, as one of the demo's people unless told otherwise. */
export async function signIn(page: Page, email: string, password = DEMO_PASSWORD): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
}

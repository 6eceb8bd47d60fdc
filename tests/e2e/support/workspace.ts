/** A project of its own for each test, made beside the running server in the same database. */
import type { BrowserContext, Page } from '@playwright/test'
import { hashPassword } from '#app/auth/password.server.ts'
import type { Role } from '#db/schema/people.ts'
import { addPerson, addProject, type Person, type Project } from '#db/seed/rows.ts'
import { openStore, type Store } from '#db/store.server.ts'

export const PASSWORD = 'a password for tests'

let hashed: Promise<string> | undefined

/** The database that the server under test uses. */
export const openTestStore = (): Store => openStore(process.env.DATABASE_URL ?? '')

export type Workspace = { project: Project; people: Record<string, Person> }

/** A project with people who can sign in, by name. */
export async function makeWorkspace(
  store: Store,
  name: string,
  roles: Readonly<Record<string, readonly Role[]>>,
): Promise<Workspace> {
  hashed ??= hashPassword(PASSWORD)
  const passwordHash = await hashed
  return store.write(async (tx) => {
    const slug = `${name.toLowerCase().replace(/\W+/g, '-')}-${Date.now().toString(36)}`
    const project = await addProject(tx, { name, slug })
    const people: Record<string, Person> = {}
    for (const [person, held] of Object.entries(roles)) {
      people[person] = await addPerson(tx, project, held, {
        name: person,
        email: `${person.toLowerCase()}@${slug}.example`,
        passwordHash,
      })
    }
    return { project, people }
  })
}

/** Signs in through the form and waits until the first page is there. */
export async function signIn(page: Page, person: Pick<Person, 'email'>, password = PASSWORD): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(person.email ?? '')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
}

/** A page of a browser context of its own, in which the person is signed in. */
export async function pageOf(newContext: () => Promise<BrowserContext>, person: Pick<Person, 'email'>): Promise<Page> {
  const page = await (await newContext()).newPage()
  await signIn(page, person)
  return page
}

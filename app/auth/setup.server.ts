/** The first start: a one-time token, printed in the terminal, makes the first admin and the first project. */
import { and, eq } from 'drizzle-orm'
import { newId, newToken, now, sha256 } from '#app/ambient.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { insertProject, projectMade } from '#app/evaluation/projects/make-project.ts'
import type { ProjectValues } from '#app/evaluation/projects/project-values.ts'
import { installation, type Role, users } from '#db/schema/people.ts'
import type { Database, Store } from '#db/store.server.ts'
import { normalEmail, problemWithEmail } from './email.ts'
import { hashPassword } from './password.server.ts'
import { problemWithPassword } from './password.ts'

const KEY = 'set-up-token'

async function hasPeople(database: Database): Promise<boolean> {
  const [one] = await database.select({ id: users.id }).from(users).limit(1)
  return one !== undefined
}

/** True until the first account exists. */
export const isUntouched = async (store: Store): Promise<boolean> => !(await hasPeople(store.read))

/**
 * A token for /set-up, in place of any made before, or null where there is somebody already. Only its hash is stored:
 * print it now, it is told once.
 */
export async function createSetupToken(store: Store): Promise<string | null> {
  const token = newToken()
  return store.write(async (tx) => {
    if (await hasPeople(tx)) return null
    const value = sha256(token)
    await tx
      .insert(installation)
      .values({ key: KEY, value })
      .onConflictDoUpdate({ target: installation.key, set: { value } })
    return token
  })
}

/** True when the token is the one that was printed last and has not been used. */
export async function isSetupToken(store: Store, token: string): Promise<boolean> {
  const [found] = await store.read
    .select({ key: installation.key })
    .from(installation)
    .where(and(eq(installation.key, KEY), eq(installation.value, sha256(token))))
  return found !== undefined && (await isUntouched(store))
}

export type SetUp = {
  token: string
  person: { name: string; email: string; password: string }
  project: ProjectValues
  roles: readonly Role[]
}

/** Makes the first admin with the first project, and uses the token up. Whoever comes second gets a `gone` Problem. */
export async function setUp(store: Store, entered: SetUp): Promise<{ userId: string; slug: string }> {
  const email = normalEmail(entered.person.email)
  const emailProblem = problemWithEmail(email)
  const passwordProblem = problemWithPassword(entered.person.password, email)
  if (emailProblem || passwordProblem) {
    throw new Problem('invalid', 'Nothing was made yet. Mend what is marked below.', {
      fields: {
        ...(emailProblem ? { email: emailProblem } : {}),
        ...(passwordProblem ? { password: passwordProblem } : {}),
      },
    })
  }
  const passwordHash = await hashPassword(entered.person.password)
  return store.write(async (tx) => {
    const used = await tx
      .delete(installation)
      .where(and(eq(installation.key, KEY), eq(installation.value, sha256(entered.token))))
      .returning({ key: installation.key })
    if (used.length === 0 || (await hasPeople(tx))) {
      throw new Problem('gone', 'Assay is set up already, or this link is not the last one printed.')
    }
    const person = { id: newId(), name: entered.person.name }
    await tx.insert(users).values({ ...person, email, passwordHash, createdAt: now() })
    const made = await insertProject(tx, person.id, entered.project, entered.roles)
    const actor = { id: null, name: 'set-up' }
    await record(
      tx,
      { projectId: made.id, actor, action: 'person.made', subject: 'person', subjectId: person.id, detail: person },
      projectMade(actor, made.id, entered.project, entered.roles),
    )
    return { userId: person.id, slug: made.slug }
  })
}

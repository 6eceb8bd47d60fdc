import { and, asc, eq, isNotNull } from 'drizzle-orm'
import { normalEmail } from '#app/auth/email.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { insertProject, projectMade, slugProblem } from '#app/evaluation/projects/make-project.ts'
import { DEFAULT_CATEGORIES, DEFAULT_USER_SEGMENTS, projectValues } from '#app/evaluation/projects/project-values.ts'
import { memberships, type Role, users } from '#db/schema/people.ts'
import type { Store } from '#db/store.server.ts'

const ROLES: readonly Role[] = ['owner', 'lead']

export type NewProject = {
  name: string
  slug: string | undefined
  owner: string | undefined
  categories?: readonly string[]
  userSegments?: readonly string[]
}

/**
 * Makes a project owned by the account with that email, or by the first admin; returns its slug and its owner's name.
 *
 * @throws Problem `missing` where there is no such account, `conflict` where the slug is taken
 */
export async function newProject(
  store: Store,
  { name, slug, owner, categories = DEFAULT_CATEGORIES, userSegments = DEFAULT_USER_SEGMENTS }: NewProject,
): Promise<{ slug: string; owner: string }> {
  const values = projectValues({
    name,
    slug: slug ?? '',
    description: '',
    categories: categories.join('\n'),
    userSegments: userSegments.join('\n'),
  })
  const person = owner === undefined ? await firstAdmin(store) : await accountOf(store, normalEmail(owner))
  return store
    .write(async (tx) => {
      const made = await insertProject(tx, person.id, values, ROLES)
      await record(tx, projectMade({ id: null, name: 'command line' }, made.id, values, ROLES))
      return { slug: made.slug, owner: person.name }
    })
    .catch((error: unknown) => {
      throw slugProblem(error, values.slug)
    })
}

async function accountOf(store: Store, email: string) {
  const [found] = await store.read.select().from(users).where(eq(users.email, email)).limit(1)
  if (found) return found
  throw new Problem('missing', `There is no account with the email ${email} (--owner).`)
}

async function firstAdmin(store: Store) {
  const [found] = await store.read
    .select({ id: users.id, name: users.name })
    .from(users)
    .innerJoin(memberships, and(eq(memberships.userId, users.id), eq(memberships.role, 'admin')))
    .where(isNotNull(users.email))
    .orderBy(asc(users.createdAt), asc(users.id))
    .limit(1)
  if (found) return found
  throw new Problem(
    'missing',
    'Nobody could open the new project: there is no account yet. Start Assay and make the first one.',
  )
}

import { and, eq, isNull } from 'drizzle-orm'
import { newId, now } from '#app/ambient.ts'
import { isUniqueViolation } from '#db/errors.ts'
import { memberships, projects, type Role, users } from '#db/schema/people.ts'
import type { Database, Store } from '#db/store.server.ts'
import { type AuditActor, record } from '../audit/record.ts'
import { Problem } from '../problem.ts'
import type { ProjectValues } from './project-values.ts'

/** True when the person is an admin of any project: such a person may make another. */
export async function mayMakeProjects(store: Store, userId: string): Promise<boolean> {
  const [found] = await store.read
    .select({ projectId: memberships.projectId })
    .from(memberships)
    .innerJoin(users, and(eq(users.id, memberships.userId), isNull(users.disabledAt)))
    .where(and(eq(memberships.userId, userId), eq(memberships.role, 'admin')))
    .limit(1)
  return found !== undefined
}

/** Throws a `forbidden` Problem unless the person may make projects. */
export async function demandMaker(store: Store, userId: string): Promise<void> {
  if (await mayMakeProjects(store, userId)) return
  throw new Problem('forbidden', 'Make projects: this needs the role admin in some project. Ask an admin of yours.')
}

/** Inserts a project whose maker is its admin and holds the other roles asked for. Record it in the same transaction. */
export async function insertProject(
  tx: Database,
  userId: string,
  values: ProjectValues,
  roles: readonly Role[],
): Promise<{ id: string; slug: string }> {
  const id = newId()
  const createdAt = now()
  await tx.insert(projects).values({ id, ...values, createdAt })
  const held = new Set<Role>(['admin', ...roles])
  await tx.insert(memberships).values([...held].map((role) => ({ projectId: id, userId, role, createdAt })))
  return { id, slug: values.slug }
}

/** What the audit log says of a project that was made. */
export const projectMade = (actor: AuditActor, id: string, values: ProjectValues, roles: readonly Role[]) => ({
  projectId: id,
  actor,
  action: 'project.made',
  subject: 'project',
  subjectId: id,
  detail: { name: values.name, slug: values.slug, roles: [...new Set<Role>(['admin', ...roles])] },
})

/** A taken address told of as such; anything else as it was. */
export function slugProblem(error: unknown, slug: string): unknown {
  if (!isUniqueViolation(error)) return error
  return new Problem('conflict', 'The project was not saved. Mend what is marked below.', {
    fields: { slug: `Another project has the address "${slug}". Choose a different one.` },
  })
}

/** Makes another project. Its maker, an admin of some project already, becomes its admin and gets the roles asked for. */
export async function makeProject(
  store: Store,
  maker: { id: string; name: string },
  values: ProjectValues,
  roles: readonly Role[],
): Promise<{ id: string; slug: string }> {
  await demandMaker(store, maker.id)
  return store
    .write(async (tx) => {
      const made = await insertProject(tx, maker.id, values, roles)
      await record(tx, projectMade(maker, made.id, values, roles))
      return made
    })
    .catch((error: unknown) => {
      throw slugProblem(error, values.slug)
    })
}

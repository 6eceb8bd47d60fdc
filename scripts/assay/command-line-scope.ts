import type { Scope } from '#app/auth/permissions.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { projects } from '#db/schema/people.ts'
import type { Store } from '#db/store.server.ts'

/**
 * The scope in which the command line acts in a project: whoever may read the database's file may do what its owner and
 * lead may. It has no account; the audit log calls it "command line".
 *
 * @throws Problem `missing` for a project that is not there, naming those that are
 */
export async function commandLineScope(store: Store, slug: string): Promise<Scope> {
  const all = await store.read
    .select({ id: projects.id, slug: projects.slug, name: projects.name })
    .from(projects)
    .orderBy(projects.slug)
  const project = all.find((one) => one.slug === slug)
  if (project) return { user: { id: '', name: 'command line' }, project, roles: ['owner', 'lead'] }
  const there = all.length === 0 ? 'There is none yet.' : `There are: ${all.map((one) => one.slug).join(', ')}.`
  throw new Problem('missing', `There is no project "${slug}". ${there}`)
}

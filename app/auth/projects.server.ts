import { desc, eq } from 'drizzle-orm'
import { store } from '#app/store.server.ts'
import { memberships, projects } from '#db/schema/people.ts'

/** The projects a person belongs to, the newest first. */
export const projectsOf = (userId: string): Promise<{ slug: string; name: string }[]> =>
  store()
    .read.selectDistinct({ slug: projects.slug, name: projects.name, createdAt: projects.createdAt })
    .from(projects)
    .innerJoin(memberships, eq(memberships.projectId, projects.id))
    .where(eq(memberships.userId, userId))
    .orderBy(desc(projects.createdAt), projects.slug)

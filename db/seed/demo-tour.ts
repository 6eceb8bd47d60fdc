/** What there is to look at in the demo workspace, for those who have just started it. */
import { inArray } from 'drizzle-orm'
import { projects } from '#db/schema/people.ts'
import type { Store } from '#db/store.server.ts'
import { LETTERS_SLUG } from './letters/project.ts'

export type Sight = { email: string; path: string; what: string }

const SIGHTS: readonly (Omit<Sight, 'path'> & { slug: string; page: string })[] = [
  {
    email: 'imogen.tarrow@alderbrook.example',
    slug: 'member-handbook',
    page: 'queue',
    what: 'rate answers of a fresh round, and see your own calibration',
  },
  {
    email: 'tobias.mwangi@alderbrook.example',
    slug: 'member-handbook',
    page: 'agreement',
    what: 'how far the finished round can be trusted',
  },
  {
    email: 'tobias.mwangi@alderbrook.example',
    slug: LETTERS_SLUG,
    page: 'drift',
    what: 'seven months: a new rubric version, a panel and a rater that changed',
  },
  {
    email: 'leonie.achterberg@alderbrook.example',
    slug: LETTERS_SLUG,
    page: 'rubrics',
    what: 'two versions of a rubric side by side',
  },
]

/** Where to go as whom; of a project that this database does not hold nothing. */
export async function demoSights(store: Store): Promise<Sight[]> {
  const known = await store.read
    .select({ slug: projects.slug })
    .from(projects)
    .where(inArray(projects.slug, [...new Set(SIGHTS.map(({ slug }) => slug))]))
  const slugs = new Set(known.map(({ slug }) => slug))
  return SIGHTS.filter(({ slug }) => slugs.has(slug)).map(({ email, slug, page, what }) => ({
    email,
    what,
    path: `/p/${slug}/${page}`,
  }))
}

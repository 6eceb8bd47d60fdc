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
    what: 'Rate answers in a round that waits',
  },
  {
    email: 'tobias.mwangi@alderbrook.example',
    slug: 'member-handbook',
    page: 'agreement',
    what: 'How far a finished round can be trusted',
  },
  {
    email: 'tobias.mwangi@alderbrook.example',
    slug: LETTERS_SLUG,
    page: 'drift',
    what: 'Seven months of drift, taken apart by cause',
  },
  {
    email: 'leonie.achterberg@alderbrook.example',
    slug: LETTERS_SLUG,
    page: 'rubrics/compare',
    what: 'Two versions of a rubric, word by word',
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

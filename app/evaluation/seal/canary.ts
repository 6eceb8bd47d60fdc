import { sql } from 'drizzle-orm'
import { rounds } from '#db/schema/rounds.ts'

/**
 * The newest canary of a round's project, null before anything was sealed. It goes with every rating page of the project, so
 * that it tells nobody which items are sealed, and is found wherever such a page is copied to.
 */
export const canaryOfRound = sql<string | null>`(select newest.canary from sealed_sets newest
  where newest.project_id = ${rounds.projectId} order by newest.sealed_at desc, newest.id desc limit 1)`

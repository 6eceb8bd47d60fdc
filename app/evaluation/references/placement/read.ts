import { sql } from 'drizzle-orm'
import type { Quality } from '#db/schema/cases.ts'
import type { Database } from '#db/store.server.ts'
import { meansByRater } from './rated.ts'
import { type Placement, placementOf } from './verdict.ts'

const number = (column: string) => sql<number>`${sql.raw(`x.${column}`)}`.mapWith(Number)

/** Where raters place the references of a case, by reference; those never laid before raters are not in it. */
export async function placementsOfCase(
  db: Database,
  projectId: string,
  caseId: string,
): Promise<Map<string, Placement>> {
  const rows = await db
    .select({
      id: sql<string>`x.reference_id`,
      quality: sql<Quality>`x.quality`,
      mean: number('mean'),
      ratings: number('ratings'),
    })
    .from(sql`(select z.reference_id, f.quality, z.mean, z.ratings
      from (${meansByRater(projectId, sql`r.case_id = ${caseId}`)}) z
      join reference_answers f on f.id = z.reference_id) x`)
  const byReference = new Map<string, { quality: Quality; byRater: { mean: number; ratings: number }[] }>()
  for (const { id, quality, mean, ratings } of rows) {
    const known = byReference.get(id) ?? { quality, byRater: [] }
    known.byRater.push({ mean, ratings })
    byReference.set(id, known)
  }
  const placed = new Map<string, Placement>()
  for (const [id, { quality, byRater }] of byReference) {
    const placement = placementOf(quality, byRater)
    if (placement) placed.set(id, placement)
  }
  return placed
}

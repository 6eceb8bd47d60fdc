import { and, count, eq, isNull, ne } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { readPoolSettings } from '#app/evaluation/pools/settings.ts'
import { type Floor, floorOf } from '#app/evaluation/sampling/floor.ts'
import { cases } from '#db/schema/cases.ts'
import { projects } from '#db/schema/people.ts'
import type { Store } from '#db/store.server.ts'

export type CategoryCounts = {
  category: string
  /** Cases by user segment, in the order of the columns. */
  counts: number[]
  all: number
  share: number
  /** How many more cases of this category would bring it to the floor. */
  short: number
}

export type SegmentTable = {
  userSegments: string[]
  categories: CategoryCounts[]
  totals: number[]
  all: number
  floor: Floor
}

/** How many cases each segment holds, retired and archived ones left out; rows and columns in the order of the project's lists. */
export async function countSegments({ read }: Pick<Store, 'read'>, scope: Scope): Promise<SegmentTable> {
  demand(scope, 'cases.read')
  const [project] = await read
    .select({ categories: projects.categories, userSegments: projects.userSegments })
    .from(projects)
    .where(eq(projects.id, scope.project.id))
  const rows = await read
    .select({ category: cases.category, userSegment: cases.userSegment, n: count() })
    .from(cases)
    .where(and(eq(cases.projectId, scope.project.id), isNull(cases.archivedAt), ne(cases.pool, 'retired')))
    .groupBy(cases.category, cases.userSegment)
  const { floorShare } = await readPoolSettings(read, scope.project.id)
  return segmentTable(rows, project ?? { categories: [], userSegments: [] }, floorShare)
}

/** The table of counts; names that only cases know follow those of the lists. */
export function segmentTable(
  rows: readonly { category: string; userSegment: string; n: number }[],
  lists: { categories: readonly string[]; userSegments: readonly string[] },
  floorShare: number,
): SegmentTable {
  const categories = [...new Set([...lists.categories, ...rows.map(({ category }) => category)])]
  const userSegments = [...new Set([...lists.userSegments, ...rows.map(({ userSegment }) => userSegment)])]
  const cells = new Map(rows.map(({ category, userSegment, n }) => [JSON.stringify([category, userSegment]), n]))
  const countOf = (category: string, segment: string) => cells.get(JSON.stringify([category, segment])) ?? 0
  const all = rows.reduce((sum, { n }) => sum + n, 0)
  const floor = floorOf(floorShare, categories.length)
  return {
    userSegments,
    categories: categories.map((category) => {
      const counts = userSegments.map((segment) => countOf(category, segment))
      const own = counts.reduce((sum, n) => sum + n, 0)
      return { category, counts, all: own, share: all === 0 ? 0 : own / all, short: shortOf(own, all, floor.share) }
    }),
    totals: userSegments.map((segment) => categories.reduce((sum, one) => sum + countOf(one, segment), 0)),
    all,
    floor,
  }
}

/** The smallest x with (own + x) / (all + x) at or above the floor, which each case added raises a little itself. */
export function shortOf(own: number, all: number, floor: number): number {
  return floor >= 1 ? 0 : Math.max(0, Math.ceil((floor * all - own) / (1 - floor) - 1e-9))
}

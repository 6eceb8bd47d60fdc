import { count, eq, sql } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { projects } from '#db/schema/people.ts'
import { traces } from '#db/schema/traces.ts'
import type { Store } from '#db/store.server.ts'

/** How many traces stand where; each is in one of the four. `unassigned` are those of `open` that lack something. */
export type TraceCounts = {
  open: number
  unassigned: number
  sampled: number
  excluded: number
  duplicate: number
  all: number
}

/** Open traces by category and user segment; null is unassigned and comes last. */
export type TraceSegments = {
  userSegments: (string | null)[]
  categories: { category: string | null; counts: number[]; all: number }[]
  totals: number[]
}

type Cell = {
  state: string
  duplicate: number
  category: string | null
  userSegment: string | null
  n: number
}

/** Counts the project's traces by state and segment, from one index alone. */
export async function countTraces(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
): Promise<{ counts: TraceCounts; segments: TraceSegments }> {
  demand(scope, 'cases.read')
  const [project] = await read
    .select({ categories: projects.categories, userSegments: projects.userSegments })
    .from(projects)
    .where(eq(projects.id, scope.project.id))
  const duplicate = sql<number>`case when ${traces.duplicateOfId} is null then 0 else 1 end`
  const cells: Cell[] = await read
    .select({
      state: traces.state,
      duplicate: duplicate.mapWith(Number),
      category: traces.category,
      userSegment: traces.userSegment,
      n: count(),
    })
    .from(traces)
    .where(eq(traces.projectId, scope.project.id))
    .groupBy(traces.state, duplicate, traces.category, traces.userSegment)
  return traceTables(cells, project ?? { categories: [], userSegments: [] })
}

/** The counts and the table by segment; names that only traces know follow those of the project's lists. */
export function traceTables(
  cells: readonly Cell[],
  lists: { categories: readonly string[]; userSegments: readonly string[] },
): { counts: TraceCounts; segments: TraceSegments } {
  const sum = (some: readonly Cell[]) => some.reduce((total, { n }) => total + n, 0)
  const single = cells.filter(({ duplicate }) => duplicate === 0)
  const open = single.filter(({ state }) => state === 'waiting')
  const named = (listed: readonly string[], pick: (cell: Cell) => string | null): (string | null)[] => {
    const found = [...new Set(open.map(pick))]
    const names = new Set([...listed, ...found.filter((name) => name !== null)])
    return [...names, ...(found.includes(null) ? [null] : [])]
  }
  const categories = named(lists.categories, ({ category }) => category)
  const userSegments = named(lists.userSegments, ({ userSegment }) => userSegment)
  const at = (category: string | null, segment: string | null) =>
    sum(open.filter((cell) => cell.category === category && cell.userSegment === segment))
  return {
    counts: {
      open: sum(open),
      unassigned: sum(open.filter(({ category, userSegment }) => category === null || userSegment === null)),
      sampled: sum(single.filter(({ state }) => state === 'sampled')),
      excluded: sum(single.filter(({ state }) => state === 'excluded')),
      duplicate: sum(cells.filter(({ duplicate }) => duplicate === 1)),
      all: sum(cells),
    },
    segments: {
      userSegments,
      categories: categories.map((category) => {
        const counts = userSegments.map((segment) => at(category, segment))
        return { category, counts, all: counts.reduce((total, n) => total + n, 0) }
      }),
      totals: userSegments.map((segment) => sum(open.filter(({ userSegment }) => userSegment === segment))),
    },
  }
}

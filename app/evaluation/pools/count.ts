import { and, count, eq, isNull } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { shortOf } from '#app/evaluation/cases/segments.ts'
import { countLacking } from '#app/evaluation/references/missing.ts'
import { type Floor, floorOf } from '#app/evaluation/sampling/floor.ts'
import { cases, type Pool } from '#db/schema/cases.ts'
import { projects } from '#db/schema/people.ts'
import type { Store } from '#db/store.server.ts'
import { readPoolSettings } from './settings.ts'
import { holdoutTarget } from './target.ts'

export type Counts = Record<Pool, number>

export type PoolSegment = Counts & {
  category: string
  userSegment: string
  /** How many of its active and holdout cases are to be in the holdout. */
  target: number
}

export type PoolCategory = Counts & {
  category: string
  /** Of the eval set, active and holdout, 0 to 1. */
  share: number
  /** How many more cases of this category would bring it to the floor. */
  short: number
  target: number
  segments: PoolSegment[]
}

export type Pools = {
  all: Counts
  /** The floor every category is held against. */
  floor: Floor
  holdoutShare: number
  categories: PoolCategory[]
  /** Active cases that lack a high or borderline reference that was validated and is what it says. */
  lacking: number
}

type Cell = { category: string; userSegment: string; pool: Pool; n: number }

/** How many cases each pool holds by segment, archived ones left out: counts only, so that those may see them who see no case. */
export async function countPools({ read }: Pick<Store, 'read'>, scope: Scope): Promise<Pools> {
  demand(scope, 'pools.read')
  const projectId = scope.project.id
  const [project] = await read
    .select({ categories: projects.categories, userSegments: projects.userSegments })
    .from(projects)
    .where(eq(projects.id, projectId))
  const cells = await read
    .select({ category: cases.category, userSegment: cases.userSegment, pool: cases.pool, n: count() })
    .from(cases)
    .where(and(eq(cases.projectId, projectId), isNull(cases.archivedAt)))
    .groupBy(cases.category, cases.userSegment, cases.pool)
  const settings = await readPoolSettings(read, projectId)
  return {
    ...poolTable(cells, project ?? { categories: [], userSegments: [] }, settings),
    lacking: await countLacking(read, projectId),
  }
}

/** The table of counts; names that only cases know follow those of the project's lists. */
export function poolTable(
  cells: readonly Cell[],
  lists: { categories: readonly string[]; userSegments: readonly string[] },
  { floorShare, holdoutShare }: { floorShare: number; holdoutShare: number },
): Omit<Pools, 'lacking'> {
  const categories = [...new Set([...lists.categories, ...cells.map(({ category }) => category)])]
  const userSegments = [...new Set([...lists.userSegments, ...cells.map(({ userSegment }) => userSegment)])]
  const floor = floorOf(floorShare, categories.length)
  const all = countsOf(cells)
  const set = all.active + all.holdout
  return {
    all,
    floor,
    holdoutShare,
    categories: categories.map((category) => {
      const own = cells.filter((cell) => cell.category === category)
      const segments = userSegments.flatMap((userSegment): PoolSegment[] => {
        const some = own.filter((cell) => cell.userSegment === userSegment)
        if (some.length === 0) return []
        const counts = countsOf(some)
        return [{ category, userSegment, ...counts, target: holdoutTarget(counts, holdoutShare) }]
      })
      const counts = countsOf(own)
      const held = counts.active + counts.holdout
      return {
        category,
        ...counts,
        share: set === 0 ? 0 : held / set,
        short: shortOf(held, set, floor.share),
        target: segments.reduce((sum, { target }) => sum + target, 0),
        segments,
      }
    }),
  }
}

function countsOf(cells: readonly Cell[]): Counts {
  const counts = { active: 0, holdout: 0, retired: 0 }
  for (const { pool, n } of cells) counts[pool] += n
  return counts
}

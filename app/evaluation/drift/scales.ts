import { and, asc, eq, ne } from 'drizzle-orm'
import { dimensions, levels, rubricVersions } from '#db/schema/rubrics.ts'
import type { Database } from '#db/store.server.ts'

/** A dimension as one version of the rubric has it. */
export type VersionScale = { versionId: string; number: number; dimensionId: string; name: string; levels: number[] }

/** A dimension over the versions of a rubric, matched by its key. */
export type DimensionScales = { key: string; name: string; versions: VersionScale[] }

/** The dimensions of all published or retired versions: those of the newest version first, in its order, by its names. */
export async function readScales(read: Database, rubricId: string): Promise<DimensionScales[]> {
  const rows = await read
    .select({
      versionId: rubricVersions.id,
      number: rubricVersions.number,
      dimensionId: dimensions.id,
      key: dimensions.key,
      name: dimensions.name,
      position: dimensions.position,
      level: levels.value,
    })
    .from(rubricVersions)
    .innerJoin(dimensions, eq(dimensions.rubricVersionId, rubricVersions.id))
    .innerJoin(levels, eq(levels.dimensionId, dimensions.id))
    .where(and(eq(rubricVersions.rubricId, rubricId), ne(rubricVersions.state, 'draft')))
    .orderBy(asc(rubricVersions.number), asc(dimensions.position), asc(levels.value))
  const byKey = new Map<string, DimensionScales & { last: number; position: number }>()
  for (const { key, name, level, position, ...version } of rows) {
    const known = byKey.get(key) ?? { key, name, versions: [], last: 0, position: 0 }
    const own = known.versions.find(({ versionId }) => versionId === version.versionId)
    if (own) own.levels.push(level)
    else known.versions.push({ ...version, name, levels: [level] })
    byKey.set(key, { ...known, name, last: version.number, position })
  }
  return [...byKey.values()]
    .sort((a, b) => b.last - a.last || a.position - b.position)
    .map(({ key, name, versions }) => ({ key, name, versions }))
}

/** Why scores of a dimension under these versions are on no common scale; null where they are. */
export function whyApart(versions: readonly VersionScale[]): string | null {
  const [first, ...others] = versions
  const other = others.find((one) => String(one.levels) !== String(first?.levels))
  if (first === undefined || other === undefined) return null
  return `version ${first.number} has the levels ${spanOf(first)}, version ${other.number} ${spanOf(other)}: their scores are on no common scale`
}

const spanOf = ({ levels: [first, ...others] }: VersionScale): string => `${first} to ${others.at(-1) ?? first}`

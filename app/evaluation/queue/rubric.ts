import { asc, eq } from 'drizzle-orm'
import { dimensions, levels, rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Database } from '#db/store.server.ts'
import { Problem } from '../problem.ts'
import type { ShownDimension, ShownRubric } from './shown.ts'

const KEEP = 200
const kept = new Map<string, ShownRubric>()

/** A rubric version as raters see it. Published versions never change, so they are read once. */
export async function rubricOf(db: Database, versionId: string): Promise<ShownRubric> {
  const found = kept.get(versionId)
  if (found) return found
  const [version] = await db
    .select({ name: rubrics.name, number: rubricVersions.number, state: rubricVersions.state })
    .from(rubricVersions)
    .innerJoin(rubrics, eq(rubrics.id, rubricVersions.rubricId))
    .where(eq(rubricVersions.id, versionId))
  if (!version) throw new Problem('missing', 'This rubric version does not exist.')
  const rows = await db
    .select()
    .from(dimensions)
    .innerJoin(levels, eq(levels.dimensionId, dimensions.id))
    .where(eq(dimensions.rubricVersionId, versionId))
    .orderBy(asc(dimensions.position), asc(dimensions.id), asc(levels.value))
  const byId = new Map<string, ShownDimension>()
  for (const { dimensions: dimension, levels: level } of rows) {
    const { id, key, name, description, rationaleAtOrBelow } = dimension
    const shown = byId.get(id) ?? { id, key, name, description, rationaleAtOrBelow, levels: [] }
    shown.levels.push({ value: level.value, label: level.label, anchor: level.anchor })
    byId.set(id, shown)
  }
  const rubric = { name: version.name, version: version.number, dimensions: [...byId.values()] }
  if (version.state !== 'draft') {
    if (kept.size >= KEEP) kept.delete(kept.keys().next().value ?? '')
    kept.set(versionId, rubric)
  }
  return rubric
}

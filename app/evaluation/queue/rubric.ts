import { asc, eq } from 'drizzle-orm'
import { dimensions, levels, rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Database } from '#db/store.server.ts'
import { Problem } from '../problem.ts'
import type { ShownDimension, ShownRubric } from './shown.ts'

const KEEP = 200
/** The rating page has a weight that it keeps to; the whole rubric is on a page of its own. */
const MOST_EXAMPLES = 2
const LONGEST_EXAMPLE = 240
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
    const examples = level.examples.slice(0, MOST_EXAMPLES).map(shortened)
    shown.levels.push({
      value: level.value,
      label: level.label,
      anchor: level.anchor,
      ...(examples.length === 0 ? {} : { examples }),
    })
    byId.set(id, shown)
  }
  const rubric = { name: version.name, version: version.number, dimensions: [...byId.values()] }
  if (version.state !== 'draft') {
    if (kept.size >= KEEP) kept.delete(kept.keys().next().value ?? '')
    kept.set(versionId, rubric)
  }
  return rubric
}

/** Cut between words. */
function shortened(text: string): string {
  const plain = text.replaceAll(/\s+/g, ' ').trim()
  if (plain.length <= LONGEST_EXAMPLE) return plain
  const cut = plain.slice(0, LONGEST_EXAMPLE)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), LONGEST_EXAMPLE / 2))}…`
}

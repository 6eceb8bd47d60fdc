/** Which rubric version imported ratings were made under. */
import { and, desc, eq } from 'drizzle-orm'
import { Problem } from '#app/evaluation/problem.ts'
import { contentHashOf } from '#app/evaluation/rubrics/content.ts'
import { publishVersion } from '#app/evaluation/rubrics/publish.ts'
import { type Dimension, dimensionsOf } from '#app/evaluation/rubrics/read.ts'
import { createRubric, createVersion } from '#app/evaluation/rubrics/write.ts'
import { rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Import } from '../importer.ts'
import type { GivenScore } from './gather.ts'
import { contentFromScores, keyFrom } from './scale.ts'

export type UsedVersion = { id: string; label: string; dimensions: Dimension[] }

type Published = { id: string; rubricId: string; key: string; number: number; contentHash: string }

/**
 * The version named in the options, the newest published one where no number is given, or the project's only rubric where
 * nothing is; with `rubricFromData` one made from the scores, unless it is there with the same content.
 *
 * @throws Problem `invalid` where no rubric can be told
 */
export async function versionFor(run: Import, scores: () => GivenScore[]): Promise<UsedVersion> {
  const published = await publishedVersions(run)
  const { rubric, rubricFromData } = run.options
  if (rubricFromData !== undefined) return fromData(run, published, keyFrom(rubricFromData), scores())
  const keys = [...new Set(published.map(({ key }) => key))]
  if (rubric === undefined && keys.length !== 1) throw whichRubric(keys)
  const key = rubric?.key ?? keys[0]
  const found = published.find((one) => one.key === key && (rubric?.version ?? one.number) === one.number)
  if (!found) throw noRubric(`${key}${rubric?.version ? ` version ${rubric.version}` : ''}`, published)
  return used(run, found)
}

const publishedVersions = ({ tx, scope }: Import): Promise<Published[]> =>
  tx
    .select({
      id: rubricVersions.id,
      rubricId: rubricVersions.rubricId,
      key: rubrics.key,
      number: rubricVersions.number,
      contentHash: rubricVersions.contentHash,
    })
    .from(rubricVersions)
    .innerJoin(rubrics, eq(rubrics.id, rubricVersions.rubricId))
    .where(and(eq(rubrics.projectId, scope.project.id), eq(rubricVersions.state, 'published')))
    .orderBy(rubrics.key, desc(rubricVersions.number))

const used = async ({ tx }: Import, { id, key, number }: Pick<Published, 'id' | 'key' | 'number'>) => ({
  id,
  label: `${key} version ${number}`,
  dimensions: await dimensionsOf(tx, id),
})

async function fromData(
  run: Import,
  published: readonly Published[],
  key: string,
  scores: readonly GivenScore[],
): Promise<UsedVersion> {
  const content = contentFromScores(scores, run.options.levels)
  const contentHash = contentHashOf(content)
  const [last] = published.filter((one) => one.key === key)
  const same = published.find((one) => one.key === key && one.contentHash === contentHash)
  if (same) return used(run, same)
  const changeNote = `Made from ${run.fileName}: the dimensions and scores found there.`
  const made = last
    ? await createVersion(run.tx, run.scope, last.rubricId, { ...content, changeNote })
    : await createRubric(run.tx, run.scope, { ...content, key, name: key, changeNote })
  await publishVersion(run.tx, run.scope, made.versionId)
  run.notes.push(`Made the rubric ${key} version ${made.number} from the scores found.`)
  return used(run, { id: made.versionId, key, number: made.number })
}

const HOW =
  'Name one, import one (assay import rubric FILE), or have one made from the scores found (--rubric-from-data KEY).'

function whichRubric(keys: readonly string[]): Problem {
  const message =
    keys.length === 0
      ? `The project has no published rubric that these ratings could belong to. ${HOW}`
      : `The project has several rubrics (${keys.join(', ')}). Say under which one these ratings were made.`
  return new Problem('invalid', message, { code: 'which-rubric', fields: { rubric: message } })
}

function noRubric(wanted: string, published: readonly Published[]): Problem {
  const there = published.map(({ key, number }) => `${key} version ${number}`).join(', ') || 'none'
  const message = `The project has no published rubric ${wanted}. Published: ${there}. ${HOW}`
  return new Problem('invalid', message, { code: 'no-rubric', fields: { rubric: message } })
}

import { and, eq, inArray } from 'drizzle-orm'
import { sha256 } from '#app/ambient.ts'
import type { Dimension } from '#app/evaluation/rubrics/read.ts'
import { responses } from '#db/schema/cases.ts'
import type { Import } from '../importer.ts'
import { casesByKey, noSuchCase, systemsByName } from '../lookups.ts'
import { pieces } from '../rows.ts'
import type { GivenRating, GivenScore } from './gather.ts'
import type { UsedVersion } from './rubric.ts'

export type ResolvedScore = { dimensionId: string; level: number | null; cannotJudge: string | null; note: string }

/** A given rating with everything it names found. */
export type ResolvedRating = {
  line: number
  rater: string
  caseId: string
  responseId: string
  time: number | null
  scores: ResolvedScore[]
}

/** Finds cases, responses and dimensions; what is not there, or out of range, goes to the faults. */
export async function resolveRatings(
  run: Import,
  given: readonly GivenRating[],
  version: UsedVersion,
): Promise<ResolvedRating[]> {
  const caseIds = await casesByKey(
    run,
    given.map(({ caseKey }) => caseKey),
  )
  const systems = await systemsByName(run)
  const answered = await responsesOf(run, [...caseIds.values()])
  const dimensionNamed = finder(version)
  return given.flatMap((rating) => {
    const { line, caseKey, system, rater, time } = rating
    const scores = rating.scores.flatMap((score) => resolveScore(run, score, version, dimensionNamed) ?? [])
    const caseId = caseIds.get(caseKey)
    if (caseId === undefined) {
      run.faults.add(noSuchCase(line, caseKey))
      return []
    }
    const responseId = answered.get(`${caseId} ${systems.get(system)}`)
    if (responseId === undefined) {
      const reason = `there is no response of “${system}” to “${caseKey}”. Import the responses first, or mend the name.`
      run.faults.add({ line, field: 'system_version', reason })
      return []
    }
    return [{ line, rater, caseId, responseId, time, scores }]
  })
}

async function responsesOf(run: Import, caseIds: readonly string[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const piece of pieces(caseIds)) {
    const found = await run.tx
      .select({ id: responses.id, caseId: responses.caseId, systemId: responses.systemVersionId })
      .from(responses)
      .where(and(eq(responses.projectId, run.scope.project.id), inArray(responses.caseId, piece)))
    for (const { id, caseId, systemId } of found) ids.set(`${caseId} ${systemId}`, id)
  }
  return ids
}

/** Finds a dimension by its key or its name, whatever the capitals. */
function finder({ dimensions }: UsedVersion): (name: string) => Dimension | undefined {
  const byName = new Map(dimensions.map((dimension) => [dimension.name.toLowerCase(), dimension]))
  for (const dimension of dimensions) byName.set(dimension.key.toLowerCase(), dimension)
  return (name) => byName.get(name.toLowerCase())
}

function resolveScore(
  run: Import,
  { line, dimension: name, level, cannotJudge, note }: GivenScore,
  version: UsedVersion,
  dimensionNamed: (name: string) => Dimension | undefined,
): ResolvedScore | null {
  const dimension = dimensionNamed(name)
  if (!dimension) {
    const known = version.dimensions.map(({ key }) => key).join(', ')
    run.faults.add({ line, field: 'dimension', reason: `${version.label} has no “${name}”. It has: ${known}.` })
    return null
  }
  if (level !== null && !dimension.levels.some(({ value }) => value === level)) {
    const values = dimension.levels.map(({ value }) => value)
    const reason = `must be ${values[0]} to ${values.at(-1)} on “${dimension.key}”, but is ${level}`
    run.faults.add({ line, field: 'score', reason })
    return null
  }
  return { dimensionId: dimension.id, level, cannotJudge, note }
}

/** What a rating is known by: the same content in the same round is the same rating. */
export const submissionIdOf = (roundName: string, raterId: string, rating: ResolvedRating): string => {
  const scores = rating.scores.map(({ dimensionId, level, cannotJudge, note }) => [
    dimensionId,
    level,
    cannotJudge,
    note,
  ])
  const sorted = scores.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
  return `import:${sha256(JSON.stringify([roundName, rating.responseId, raterId, rating.time, sorted]))}`
}

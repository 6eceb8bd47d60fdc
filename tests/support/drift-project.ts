/** Simulated rounds whose truth is known: what moved the scores is said, and by how much. */
import { eq } from 'drizzle-orm'
import { newId } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { normalDraws } from '#app/stats/drift/normal-draws.ts'
import { seededRandom } from '#app/stats/random.ts'
import { cases, responses } from '#db/schema/cases.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import { anchors, items, roundRaters, rounds } from '#db/schema/rounds.ts'
import { dimensions, levels, rubricVersions } from '#db/schema/rubrics.ts'
import {
  type AddedRubric,
  addPerson,
  addProject,
  addRubric,
  addSystemVersion,
  type Person,
  type Project,
  scopeOf,
} from '#db/seed/rows.ts'
import type { Database } from '#db/store.server.ts'

const CHUNK = 400

export async function insertInChunks<T>(rows: readonly T[], insert: (chunk: T[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < rows.length; start += CHUNK) await insert(rows.slice(start, start + CHUNK))
}

export type Answer = { caseId: string; responseId: string; quality: number; segment: number }
type Reason = (typeof items.$inferSelect)['reason']
export type Given = { answer: Answer; raters: readonly number[]; reason: Reason }
export type Version = AddedRubric & { number: number }

/** Points that a score moves by, beside the answer's quality: by rater and version. */
export type Effect = (given: { rater: number; version: number; reason: Reason; dimension: string }) => number

const SEGMENTS = [
  { category: 'factual lookup', userSegment: 'novice' },
  { category: 'reasoning', userSegment: 'expert' },
]

/** A project with a lead and raters in which rounds are rated by a seeded model: quality + rater + effect + noise, rounded. */
export class DriftProject {
  readonly #normal: () => number
  #position = 0

  private constructor(
    readonly project: Project,
    readonly scope: Scope,
    readonly lead: Person,
    readonly raters: readonly Person[],
    readonly systems: readonly { id: string; name: string }[],
    readonly versions: Version[],
    seed: number,
    readonly noise: number,
  ) {
    this.#normal = normalDraws(seededRandom(seed))
  }

  static async make(
    tx: Database,
    { raters = 6, keys = ['accuracy'], seed = 1, noise = 0.5, project = null as Project | null } = {},
  ): Promise<DriftProject> {
    const own = project ?? (await addProject(tx))
    const lead = await addPerson(tx, own, ['lead'], { name: 'Ines Calder' })
    const people: Person[] = []
    for (let r = 0; r < raters; r++)
      people.push(await addPerson(tx, own, ['rater'], { name: NAMES[r] ?? `Rater N${r}` }))
    const systems = [await addSystemVersion(tx, own, 'handbook-1'), await addSystemVersion(tx, own, 'handbook-2')]
    const first = { ...(await addRubric(tx, own, { keys })), number: 1 }
    const scope = scopeOf(lead, own, ['lead'])
    return new DriftProject(own, scope, lead, people, systems, [first], seed, noise)
  }

  /** A later version with the same dimensions and, unless told otherwise, the same levels. */
  async addVersion(tx: Database, values = [1, 2, 3, 4]): Promise<void> {
    const [first] = this.versions as [Version]
    const number = this.versions.length + 1
    const id = newId()
    await tx.insert(rubricVersions).values({
      id,
      rubricId: first.id,
      number,
      state: 'draft',
      basedOnId: first.versionId,
      contentHash: newId(),
      createdAt: 1,
    })
    const made = first.dimensions.map(({ key }) => ({ id: newId(), key, levels: values }))
    await tx.insert(dimensions).values(
      made.map(({ id: dimensionId, key }, position) => ({
        id: dimensionId,
        rubricVersionId: id,
        key,
        name: key,
        position,
      })),
    )
    await tx
      .insert(levels)
      .values(
        made.flatMap((d) =>
          values.map((value) => ({ dimensionId: d.id, value, anchor: `Level ${value}`, examples: [] })),
        ),
      )
    await tx.update(rubricVersions).set({ state: 'published', publishedAt: 1 }).where(eq(rubricVersions.id, id))
    this.versions.push({ ...first, versionId: id, dimensions: made, number })
  }

  /** New answers of mean quality, by segment in the shares given. */
  async addAnswers(
    tx: Database,
    count: number,
    { quality = ((_segment) => 2.5) as (segment: number) => number, second = 0.5, system = 0, spread = 0.6 } = {},
  ): Promise<Answer[]> {
    const made = Array.from({ length: count }, (_, i) => {
      const segment = i < Math.round(second * count) ? 1 : 0
      return { caseId: newId(), responseId: newId(), segment, quality: quality(segment) + spread * this.#normal() }
    })
    await insertInChunks(made, (chunk) =>
      tx.insert(cases).values(
        chunk.map(({ caseId, segment }) => ({
          id: caseId,
          projectId: this.project.id,
          key: caseId,
          input: `Question ${caseId}?`,
          ...(SEGMENTS[segment] as (typeof SEGMENTS)[number]),
          metadata: {},
          contentHash: caseId,
          searchText: caseId,
          createdAt: 1,
        })),
      ),
    )
    await insertInChunks(made, (chunk) =>
      tx.insert(responses).values(
        chunk.map(({ caseId, responseId }) => ({
          id: responseId,
          projectId: this.project.id,
          caseId,
          systemVersionId: this.systems[system]?.id ?? '',
          text: 'An answer.',
          metadata: {},
          contentHash: responseId,
          createdAt: 1,
        })),
      ),
    )
    return made
  }

  async addAnchors(tx: Database, answers: readonly Answer[], addedAt: number, drawn: 'picked' | 'random' | 'screened') {
    await insertInChunks(answers, (chunk) =>
      tx.insert(anchors).values(
        chunk.map(({ responseId }) => ({
          id: newId(),
          projectId: this.project.id,
          responseId,
          drawn,
          selectionProbability: 1,
          addedAt,
        })),
      ),
    )
  }

  /** A closed round and all its ratings, submitted from `at` on, a minute apart. Returns its id. */
  async rate(
    tx: Database,
    {
      at,
      version = 0,
      given,
      effect = () => 0,
      bridgesFrom = null,
      name = 'A round',
    }: {
      at: number
      version?: number
      given: readonly Given[]
      effect?: Effect
      bridgesFrom?: number | null
      name?: string
    },
  ): Promise<string> {
    const rubric = this.versions[version] as Version
    const roundId = newId()
    await tx.insert(rounds).values({
      id: roundId,
      projectId: this.project.id,
      name,
      rubricVersionId: rubric.versionId,
      state: 'closed',
      overlap: 3,
      referencesShown: 'never',
      secondsPerItem: 120,
      bridgesFromId: bridgesFrom === null ? null : (this.versions[bridgesFrom]?.versionId ?? null),
      createdAt: at,
    })
    const taking = [...new Set(given.flatMap((one) => one.raters))]
    await tx
      .insert(roundRaters)
      .values(taking.map((rater) => ({ roundId, raterId: this.raters[rater]?.id ?? '', seed: rater, addedAt: at })))
    const made = given.map((one) => ({ ...one, itemId: newId() }))
    await insertInChunks(made, (chunk) =>
      tx.insert(items).values(
        chunk.map(({ itemId, answer, reason, raters }) => ({
          id: itemId,
          roundId,
          responseId: answer.responseId,
          caseId: answer.caseId,
          reason,
          selectionProbability: 1,
          needed: raters.length,
          taken: raters.length,
          done: raters.length,
          position: this.#position++,
        })),
      ),
    )
    const rated = made.flatMap((one) => one.raters.map((rater) => ({ ...one, rater, id: newId() })))
    await insertInChunks(rated, (chunk) =>
      tx.insert(ratings).values(
        chunk.map(({ id, itemId, rater }, i) => ({
          id,
          itemId,
          roundId,
          raterId: this.raters[rater]?.id ?? '',
          rubricVersionId: rubric.versionId,
          submissionId: id,
          revision: 1,
          source: 'simulated' as const,
          evidence: [],
          submittedAt: at + i * 60_000,
        })),
      ),
    )
    const scored = rated.flatMap(({ id, answer, rater, reason }) =>
      rubric.dimensions.map((dimension) => {
        const moved = effect({ rater, version, reason, dimension: dimension.key })
        const own = 0.2 * ((rater % 5) - 2)
        const value = Math.round(answer.quality + own + moved + this.noise * this.#normal())
        const level = Math.min(dimension.levels.at(-1) ?? 4, Math.max(dimension.levels[0] ?? 1, value))
        return { ratingId: id, dimensionId: dimension.id, level }
      }),
    )
    await insertInChunks(scored, (chunk) => tx.insert(scores).values(chunk))
    return roundId
  }

  /** Each answer by `overlap` raters in turn, so that all raters are linked. */
  shared(answers: readonly Answer[], overlap: number, reason: Reason): Given[] {
    const n = this.raters.length
    return answers.map((answer, i) => ({
      answer,
      reason,
      raters: Array.from({ length: overlap }, (_, k) => (i + k * (1 + (Math.floor(i / n) % 2))) % n),
    }))
  }
}

const NAMES = [
  'Ada Okafor',
  'Beth Marsh',
  'Diego Reyes',
  'Kofi Osei',
  'Petra Novak',
  'Lou Moreau',
  'Emi Tanaka',
  'Jon Lindqvist',
]

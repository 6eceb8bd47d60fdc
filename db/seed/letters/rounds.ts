/** The rounds of the demo's letters: month by month with anchors strewn in, the two halves of a bridge, and an open one. */
import { newId, randomInt } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { anchorNumber } from '#app/evaluation/anchors/share.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { allot } from '#app/evaluation/bridges/allot.ts'
import { sampleOf, shuffled } from '#app/evaluation/sample.ts'
import { anchors, items, roundRaters, rounds } from '#db/schema/rounds.ts'
import type { Database } from '#db/store.server.ts'
import { addRating, inChunks, insertRound, noRows } from '../rating-rows.ts'
import type { Letter } from './cases.ts'
import { drawScore, drawTime, type LetterRater } from './draw.ts'
import { oneOf } from './facts.ts'
import type { LetterDimension } from './traits.ts'

const DAY_MS = 86_400_000
const DAYS = 18
const OVERLAP = 4

export const SIMULATED =
  'Drawn by a seeded model with stated severities, not given by people (docs/methods/simulation.md).'
const INSTRUCTIONS =
  'Read the claim record first, then the letter. Judge what the reader would learn from it, not how the claim was decided.'

type Random = () => number

export type VersionInUse = {
  id: string
  number: 1 | 2
  dimensions: readonly { id: string; key: string; rationaleAtOrBelow: number | null }[]
}

/** An item and who rates it. */
type Asked = {
  letter: Letter
  reason: 'audit' | 'anchor' | 'bridge'
  probability: number
  raters: readonly LetterRater[]
}

export type RoundStory = {
  name: string
  version: VersionInUse
  /** When it begins, in ms, and the number of its month. */
  startsAt: number
  month: number
  asked: readonly Asked[]
  over?: Partial<typeof rounds.$inferInsert>
  /** Whether the half of a bridge that a rater meets second. */
  isSecond?: (rater: LetterRater) => boolean
}

/** Letters rated for the first time with anchors strewn among them, each by four of the raters, all with as many as the others. */
export function mixedItems(
  letters: readonly Letter[],
  anchored: readonly Letter[],
  share: number,
  raters: readonly LetterRater[],
) {
  const wanted = anchored.length === 0 ? 0 : anchorNumber(share, letters.length)
  const made = shuffled([
    ...letters.map((letter) => ({ letter, reason: 'audit' as const, probability: 1 })),
    ...sampleOf(anchored, wanted).map((letter) => ({ letter, reason: 'anchor' as const, probability: 1 })),
  ])
  return allotted(made, raters, OVERLAP)
}

/** Each item for so many of the raters. */
export function allotted<T>(
  made: readonly T[],
  raters: readonly LetterRater[],
  overlap: number,
): (T & { raters: LetterRater[] })[] {
  const byId = new Map(raters.map((rater) => [rater.id, rater]))
  const chosen = allot(
    made.map(() => [...byId.keys()]),
    overlap,
  )
  return made.map((one, i) => ({ ...one, raters: (chosen[i] ?? []).flatMap((id) => byId.get(id) ?? []) }))
}

async function insertHead(
  tx: Database,
  scope: Scope,
  raters: readonly string[],
  row: typeof rounds.$inferInsert,
  count: number,
) {
  await tx.insert(rounds).values(row)
  await tx
    .insert(roundRaters)
    .values(raters.map((raterId) => ({ roundId: row.id, raterId, seed: randomInt(2 ** 31), addedAt: row.createdAt })))
  await record(tx, {
    projectId: scope.project.id,
    actor: scope.user,
    action: 'round.created',
    subject: 'round',
    subjectId: row.id,
    detail: { name: row.name, items: count, overlap: row.overlap, raters: raters.length },
  })
}

const headOf = (scope: Scope, { name, version, startsAt, over }: Omit<RoundStory, 'asked' | 'month'>) => ({
  id: newId(),
  projectId: scope.project.id,
  name,
  rubricVersionId: version.id,
  state: 'closed' as const,
  overlap: OVERLAP,
  referencesShown: 'after' as const,
  instructions: INSTRUCTIONS,
  secondsPerItem: 90,
  startsAt,
  endsAt: startsAt + (DAYS + 2) * DAY_MS,
  createdBy: scope.user.id,
  createdAt: startsAt - DAY_MS,
  ...over,
})

/** A closed round and its simulated ratings. */
export async function addRatedRound(tx: Database, scope: Scope, story: RoundStory, random: Random): Promise<void> {
  const { asked, version, startsAt, month, isSecond } = story
  const head = headOf(scope, { ...story, over: { simulated: SIMULATED, ...story.over } })
  const raterIds = [...new Set(asked.flatMap(({ raters }) => raters.map(({ id }) => id)))]
  await insertHead(tx, scope, raterIds, head, asked.length)
  const rows = noRows()
  for (const [i, { letter, reason, probability, raters }] of asked.entries()) {
    const itemId = newId()
    const { responseId, caseId, quality, faults } = letter
    const needed = raters.length
    const counts = { needed, taken: needed, done: needed, position: randomInt(2 ** 31) }
    rows.items.push({
      ...counts,
      id: itemId,
      roundId: head.id,
      responseId,
      caseId,
      reason,
      selectionProbability: probability,
    })
    for (const rater of raters) {
      // of a bridge one half is rated in the first days and the other half after it
      const place = (i + random()) / asked.length
      const through = isSecond === undefined ? place : (isSecond(rater) ? 0.5 : 0) + 0.45 * place
      addRating(rows, {
        roundId: head.id,
        responseId,
        itemId,
        raterId: rater.id,
        rubricVersionId: version.id,
        activeMs: drawTime(rater, random),
        submittedAt: Math.round(startsAt + through * DAYS * DAY_MS),
        referencesSeen: !rater.careless,
        drawn: version.dimensions.map(({ id, key, rationaleAtOrBelow }) => {
          const dimension = key as LetterDimension
          const read = rater.careless ? oneOf(asked, random).letter.quality : quality
          const level = drawScore(rater, read, { dimension, version: version.number, month }, random)
          if (level === null) return { dimensionId: id, level, cannotJudge: 'The claim record does not settle it.' }
          const asksWhy = rationaleAtOrBelow !== null && level <= rationaleAtOrBelow
          return {
            dimensionId: id,
            level,
            note: asksWhy ? `Simulated note: ${faults[dimension] ?? 'not as clear as it could be'}.` : '',
          }
        }),
      })
    }
  }
  await insertRound(tx, rows)
}

/** An open round in which nothing is rated yet. */
export async function addOpenRound(tx: Database, scope: Scope, story: Omit<RoundStory, 'month'>): Promise<void> {
  const head = headOf(scope, { ...story, over: { state: 'open', ...story.over } })
  const raterIds = [...new Set(story.asked.flatMap(({ raters }) => raters.map(({ id }) => id)))]
  await insertHead(tx, scope, raterIds, head, story.asked.length)
  await tx.insert(items).values(
    story.asked.map(({ letter, reason, probability }) => ({
      id: newId(),
      roundId: head.id,
      responseId: letter.responseId,
      caseId: letter.caseId,
      reason,
      selectionProbability: probability,
      needed: OVERLAP,
      position: randomInt(2 ** 31),
    })),
  )
}

/** Draws anchors at random from letters that were rated. */
export async function drawLetterAnchors(
  tx: Database,
  scope: Scope,
  rated: readonly Letter[],
  wanted: number,
  at: number,
): Promise<Letter[]> {
  const chosen = sampleOf(rated, wanted)
  const rows = chosen.map(({ responseId }) => ({
    id: newId(),
    projectId: scope.project.id,
    responseId,
    drawn: 'random' as const,
    selectionProbability: chosen.length / rated.length,
    addedBy: scope.user.id,
    addedAt: at,
  }))
  for (const chunk of inChunks(rows)) await tx.insert(anchors).values(chunk)
  await record(tx, {
    projectId: scope.project.id,
    actor: scope.user,
    action: 'anchors.drawn',
    subject: 'project',
    subjectId: scope.project.id,
    detail: { drawn: rows.length, of: rated.length, candidates: rated.length, how: 'random' },
  })
  return chosen
}

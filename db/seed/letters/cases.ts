/** The second demo project's cases with their references, and the letters that system versions drafted for them. */
import { newId } from '#app/ambient.ts'
import { caseHash, documentHash, referenceHash, responseHash } from '#app/evaluation/cases/hash.ts'
import { moveCases } from '#app/evaluation/pools/move.ts'
import { caseDocuments, cases, documents, references, responses, systemVersions } from '#db/schema/cases.ts'
import type { Database } from '#db/store.server.ts'
import { readDocuments } from '../demo-content.ts'
import { inChunks } from '../rating-rows.ts'
import { briefOf, letterOf, referenceOf } from './compose.ts'
import { readLetterGuide } from './content.ts'
import { CATEGORIES, drawFacts, type Facts, RECIPIENTS } from './facts.ts'
import type { Month } from './story.ts'
import {
  drawTraits,
  faultsOf,
  LETTER_SYSTEMS,
  type LetterDimension,
  type LetterQuality,
  type LetterSystem,
  qualityOf,
} from './traits.ts'

const DAY_MS = 86_400_000
/** Of the handbook, which is the first project's. */
const FROM_HANDBOOK = ['claims-and-reimbursement', 'appeals', 'schedule-of-benefits', 'prior-authorisation']

type Random = () => number

export type Letter = {
  responseId: string
  caseId: string
  quality: LetterQuality
  faults: Record<LetterDimension, string | null>
}

export type LetterCase = { id: string; facts: Facts }

type Within = { projectId: string; ownerId: string; checkerId: string; rubricVersionId: string }

/** The documents of the project, and an id for each system version by its name. */
export async function addDocumentsAndSystems(
  tx: Database,
  projectId: string,
  createdAt: number,
): Promise<{ documents: { id: string; hash: string }[]; systems: Map<LetterSystem, string> }> {
  const handbook = readDocuments()
  const texts = [readLetterGuide(), ...FROM_HANDBOOK.flatMap((name) => handbook.get(name) ?? [])]
  const made = texts.map(({ title, text }) => ({
    id: newId(),
    projectId,
    title,
    text,
    contentHash: documentHash(title, text),
    createdAt,
  }))
  await tx.insert(documents).values(made)
  const systems = new Map(LETTER_SYSTEMS.map((name) => [name, newId()]))
  await tx.insert(systemVersions).values([...systems].map(([name, id]) => ({ id, projectId, name, createdAt })))
  return { documents: made.map(({ id, contentHash }) => ({ id, hash: contentHash })), systems }
}

/** A month's claims as active cases, each with two references that a second person has validated. */
export async function addMonthCases(
  tx: Database,
  { projectId, ownerId, checkerId, rubricVersionId }: Within,
  {
    mix,
    firstNumber,
    at,
    used,
  }: { mix: Month['mix']; firstNumber: number; at: number; used: readonly { id: string; hash: string }[] },
  random: Random,
): Promise<LetterCase[]> {
  const segments = CATEGORIES.flatMap((category) =>
    RECIPIENTS.flatMap((recipient) =>
      Array.from({ length: mix[category][recipient] }, () => ({ category, recipient })),
    ),
  )
  const made = segments.map((segment, i) => ({
    id: newId(),
    facts: drawFacts(segment, firstNumber + i, at - (1 + Math.floor(20 * random())) * DAY_MS, random),
  }))
  const documentHashes = used.map(({ hash }) => hash)
  const base = { projectId, createdAt: at }
  for (const chunk of inChunks(made))
    await tx.insert(cases).values(
      chunk.map(({ id, facts }) => {
        const { key, category, recipient: userSegment } = facts
        const input = briefOf(facts, random)
        const contentHash = caseHash({ input, category, userSegment, documentHashes, metadata: {} })
        return {
          ...base,
          id,
          key,
          input,
          category,
          userSegment,
          metadata: {},
          contentHash,
          searchText: `${key} ${input}`.toLowerCase(),
        }
      }),
    )
  await moveCases(
    tx,
    projectId,
    made.map(({ id }) => id),
    { to: 'active', at },
  )
  const links = made.flatMap(({ id }) =>
    used.map((document, position) => ({ caseId: id, position, documentId: document.id })),
  )
  for (const chunk of inChunks(links)) await tx.insert(caseDocuments).values(chunk)
  const written = made.flatMap(({ id, facts }) =>
    (['high', 'borderline'] as const).map((quality) => {
      const text = referenceOf(facts, quality, random)
      return {
        ...base,
        id: newId(),
        caseId: id,
        quality,
        text,
        contentHash: referenceHash(text),
        authorId: ownerId,
        rubricVersionId,
        state: 'validated' as const,
        checkedBy: checkerId,
        checkedAt: at + DAY_MS,
      }
    }),
  )
  for (const chunk of inChunks(written)) await tx.insert(references).values(chunk)
  return made
}

/** What a system version drafted for each case. */
export async function addLetters(
  tx: Database,
  { projectId, system, systemId, at }: { projectId: string; system: LetterSystem; systemId: string; at: number },
  asked: readonly LetterCase[],
  random: Random,
): Promise<Letter[]> {
  const made = asked.map(({ id, facts }) => {
    const traits = drawTraits(system, facts.category, random)
    const text = letterOf(facts, traits, random)
    return { responseId: newId(), caseId: id, text, quality: qualityOf(traits, random), faults: faultsOf(traits) }
  })
  for (const chunk of inChunks(made))
    await tx.insert(responses).values(
      chunk.map(({ responseId, caseId, text }) => ({
        id: responseId,
        projectId,
        caseId,
        systemVersionId: systemId,
        text,
        metadata: {},
        contentHash: responseHash(text, {}),
        createdAt: at,
      })),
    )
  return made.map(({ text, ...letter }) => letter)
}

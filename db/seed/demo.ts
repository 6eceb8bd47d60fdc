/** The demo workspace: one project with cases, answers, references, a finished (simulated) round and an open one. */
import { eq } from 'drizzle-orm'
import { newId, now, randomInt } from '#app/ambient.ts'
import { hashPassword } from '#app/auth/password.server.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { caseHash, documentHash, referenceHash, responseHash } from '#app/evaluation/cases/hash.ts'
import { moveCases } from '#app/evaluation/pools/move.ts'
import { publishVersion } from '#app/evaluation/rubrics/publish.ts'
import { createRubric } from '#app/evaluation/rubrics/write.ts'
import { caseDocuments, cases, documents, references, responses, systemVersions } from '#db/schema/cases.ts'
import { installation, type Role } from '#db/schema/people.ts'
import { items, roundRaters, rounds } from '#db/schema/rounds.ts'
import { dimensions } from '#db/schema/rubrics.ts'
import type { Database, Store } from '#db/store.server.ts'
import { readCases, readDocuments, readPeople, readReferences, readResponses } from './demo-content.ts'
import { type DemoItem, drawRound } from './demo-round.ts'
import { addTraces } from './demo-traces.ts'
import { addLettersProject } from './letters/project.ts'
import { insertRound } from './rating-rows.ts'
import { addPerson, addProject, type Person, type Project, scopeOf } from './rows.ts'
import { factualQa } from './rubrics/factual-qa.ts'
import { memberAnswers } from './rubrics/member-answers.ts'

export const DEMO_PASSWORD = 'read the handbook'

const DAY_MS = 86_400_000
const FINISHED_SYSTEMS = ['handbook-1.3', 'handbook-1.4']
const SIMULATED = 'Drawn by a seeded model with stated severities, not given by people (docs/methods/simulation.md).'
const INSTRUCTIONS =
  'Read the question first, then the answer, then check the answer against the documents. ' +
  'Judge what the member would be told, not how hard the question is.'

/** Seeds the demo into an empty database, all or nothing. */
export async function seedDemo(store: Store): Promise<void> {
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  await store.write(async (tx) => {
    const project = await addProject(tx, {
      slug: 'member-handbook',
      name: 'Member handbook assistant',
      description:
        'The assistant of a fictional health plan, answering from its handbook. Everything in it is invented.',
    })
    const people = await addPeople(tx, project, passwordHash)
    const personIn = (role: Role) => people.find(({ roles }) => roles.includes(role))?.person as Person
    const owner = personIn('owner')
    const everybody = people.map(({ person }) => person)
    // first, since the audit log tells what happened in its order
    await addLettersProject(tx, { owner, lead: personIn('lead'), admin: personIn('admin'), everybody, passwordHash })
    const scope = scopeOf(owner, project, ['owner'])
    const rubric = await createRubric(tx, scope, memberAnswers)
    await publishVersion(tx, scope, rubric.versionId)
    const other = await createRubric(tx, scope, factualQa)
    await publishVersion(tx, scope, other.versionId)
    const checker = personIn('lead')
    const answers = await addAnswers(tx, project, { owner, checker, rubricVersionId: rubric.versionId })
    await addTraces(tx, project, answers.documentIds)
    await addFinishedRound(tx, project, owner, rubric.versionId, people, answers)
    await addOpenRound(tx, project, owner, rubric.versionId, people, answers)
    await tx.insert(installation).values({ key: 'demo', value: project.slug })
    await record(tx, {
      projectId: project.id,
      actor: { id: null, name: 'demo seed' },
      action: 'demo.seeded',
      subject: 'project',
      subjectId: project.id,
      detail: { cases: answers.cases, people: people.length },
    })
  })
}

/** Who can sign in to the demo, or nobody where this database holds none. */
export async function demoLogins(store: Store): Promise<{ email: string; name: string; roles: readonly string[] }[]> {
  const [found] = await store.read.select().from(installation).where(eq(installation.key, 'demo'))
  if (!found) return []
  return readPeople().map(({ email, roles, first_name, last_name }) => ({
    email,
    roles,
    name: `${first_name} ${last_name}`,
  }))
}

type DemoPeople = Awaited<ReturnType<typeof addPeople>>
type Answers = Awaited<ReturnType<typeof addAnswers>>

async function addPeople(tx: Database, project: Project, passwordHash: string) {
  const added = []
  for (const { first_name, last_name, email, roles, rounds: takesPartIn, simulated } of readPeople()) {
    const person = await addPerson(tx, project, roles, { name: `${first_name} ${last_name}`, email, passwordHash })
    added.push({ person, roles, takesPartIn, simulated })
  }
  return added
}

/** Documents, cases, the three system versions' answers, and two references a case that a second person has validated. */
async function addAnswers(
  tx: Database,
  project: Project,
  { owner, checker, rubricVersionId }: { owner: Person; checker: Person; rubricVersionId: string },
) {
  const at = now() - 60 * DAY_MS
  const base = { projectId: project.id, createdAt: at }
  const texts = readDocuments()
  const documentIds = new Map([...texts.keys()].map((name) => [name, newId()]))
  await tx.insert(documents).values(
    [...texts].map(([name, { title, text }]) => ({
      ...base,
      id: documentIds.get(name) as string,
      title,
      text,
      contentHash: documentHash(title, text),
    })),
  )
  const hashOf = (name: string) => {
    const { title = '', text = '' } = texts.get(name) ?? {}
    return documentHash(title, text)
  }
  const written = readCases()
  const caseIds = new Map(written.map(({ key }) => [key, newId()]))
  const idOf = (key: string) => caseIds.get(key) as string
  await tx.insert(cases).values(
    written.map(({ key, input, category, user_segment, documents: names }) => ({
      ...base,
      id: idOf(key),
      key,
      input,
      category,
      userSegment: user_segment,
      metadata: {},
      contentHash: caseHash({
        input,
        category,
        userSegment: user_segment,
        documentHashes: names.map(hashOf),
        metadata: {},
      }),
      searchText: `${key} ${input}`.toLowerCase(),
    })),
  )
  await moveCases(tx, project.id, [...caseIds.values()], { to: 'active', at })
  await tx.insert(caseDocuments).values(
    written.flatMap((one) =>
      one.documents.map((name, position) => ({
        caseId: idOf(one.key),
        position,
        documentId: documentIds.get(name) as string,
      })),
    ),
  )
  await tx.insert(references).values(
    readReferences().map((one) => ({
      ...base,
      id: newId(),
      caseId: idOf(one.case),
      quality: one.quality,
      text: one.text,
      contentHash: referenceHash(one.text),
      authorId: owner.id,
      rubricVersionId,
      state: 'validated' as const,
      checkedBy: checker.id,
      checkedAt: at + DAY_MS,
    })),
  )
  const bySystem = new Map<string, DemoItem[]>()
  for (const [name, given] of readResponses()) {
    const systemVersionId = newId()
    await tx.insert(systemVersions).values({ ...base, id: systemVersionId, name })
    const rated = given.map((one) => ({ ...one, responseId: newId(), caseId: idOf(one.case) }))
    await tx.insert(responses).values(
      rated.map(({ responseId, caseId, text }) => ({
        ...base,
        id: responseId,
        caseId,
        systemVersionId,
        text,
        metadata: {},
        contentHash: responseHash(text, {}),
      })),
    )
    bySystem.set(
      name,
      rated.map(({ responseId, caseId, quality }) => ({ responseId, caseId, quality })),
    )
  }
  return { cases: written.length, bySystem, documentIds }
}

async function addFinishedRound(
  tx: Database,
  project: Project,
  owner: Person,
  rubricVersionId: string,
  people: DemoPeople,
  answers: Answers,
) {
  const id = newId()
  const startsAt = now() - 44 * DAY_MS
  const days = 24
  const raters = people.flatMap(({ person, takesPartIn, simulated }) =>
    simulated && takesPartIn.includes('finished') ? [{ ...simulated, id: person.id, name: person.name }] : [],
  )
  await tx.insert(rounds).values({
    id,
    projectId: project.id,
    name: 'Versions 1.3 and 1.4',
    rubricVersionId,
    state: 'closed',
    overlap: 3,
    referencesShown: 'after',
    instructions: INSTRUCTIONS,
    secondsPerItem: 120,
    startsAt,
    endsAt: startsAt + (days + 2) * DAY_MS,
    simulated: SIMULATED,
    createdBy: owner.id,
    createdAt: startsAt - DAY_MS,
  })
  await tx
    .insert(roundRaters)
    .values(raters.map((rater) => ({ roundId: id, raterId: rater.id, seed: randomInt(2 ** 31), addedAt: startsAt })))
  const asked = await tx
    .select()
    .from(dimensions)
    .where(eq(dimensions.rubricVersionId, rubricVersionId))
    .orderBy(dimensions.position)
  const rated = FINISHED_SYSTEMS.flatMap((name) => answers.bySystem.get(name) ?? [])
  await insertRound(tx, drawRound({ round: { id, rubricVersionId, startsAt, days }, dimensions: asked, raters, rated }))
}

async function addOpenRound(
  tx: Database,
  project: Project,
  owner: Person,
  rubricVersionId: string,
  people: DemoPeople,
  answers: Answers,
) {
  const id = newId()
  const at = now() - 2 * DAY_MS
  await tx.insert(rounds).values({
    id,
    projectId: project.id,
    name: 'Release candidate 2.0',
    rubricVersionId,
    state: 'open',
    overlap: 3,
    referencesShown: 'after',
    instructions: INSTRUCTIONS,
    secondsPerItem: 120,
    startsAt: at,
    endsAt: at + 21 * DAY_MS,
    createdBy: owner.id,
    createdAt: at,
  })
  const raterIds = people.flatMap(({ person, takesPartIn }) => (takesPartIn.includes('open') ? [person.id] : []))
  await tx
    .insert(roundRaters)
    .values(raterIds.map((raterId) => ({ roundId: id, raterId, seed: randomInt(2 ** 31), addedAt: at })))
  await tx.insert(items).values(
    (answers.bySystem.get('handbook-2.0-rc1') ?? []).map(({ responseId, caseId }) => ({
      id: newId(),
      roundId: id,
      responseId,
      caseId,
      reason: 'audit' as const,
      selectionProbability: 1,
      needed: 3,
      position: randomInt(2 ** 31),
    })),
  )
}

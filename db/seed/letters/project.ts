/** The demo's second project: claim letters that were rated for seven months, so that drift, versions and bridges have a past. */
import { eq } from 'drizzle-orm'
import { now, replaceAmbient } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { olderFirst } from '#app/evaluation/bridges/allot.ts'
import { publishVersion } from '#app/evaluation/rubrics/publish.ts'
import { retireVersion } from '#app/evaluation/rubrics/retire.ts'
import { createRubric, createVersion } from '#app/evaluation/rubrics/write.ts'
import { sampleOf } from '#app/evaluation/sample.ts'
import { memberships } from '#db/schema/people.ts'
import { dimensions } from '#db/schema/rubrics.ts'
import type { Database } from '#db/store.server.ts'
import { addPerson, addProject, type Person, type Project, scopeOf } from '../rows.ts'
import { claimLetters, claimLettersStricter } from '../rubrics/claim-letters.ts'
import { seededRandom } from '../simulate.ts'
import { addDocumentsAndSystems, addLetters, addMonthCases, type Letter, type LetterCase } from './cases.ts'
import { type LetterPerson, readLetterPeople } from './content.ts'
import { type LetterRater, raterOf } from './draw.ts'
import { CATEGORIES, RECIPIENTS } from './facts.ts'
import { addOpenRound, addRatedRound, allotted, drawLetterAnchors, mixedItems, type VersionInUse } from './rounds.ts'
import { ANCHOR_SHARE, ANCHORS, BRIDGE, MONTHS, SECOND_VERSION } from './story.ts'
import { atTime, monthName, roundStart } from './time.ts'

export const LETTERS_SLUG = 'claim-letters'

const SEED = 20_261_108
const DAY_MS = 86_400_000
const OPEN_LETTERS = 30

type Random = () => number
/** Those of the first project who work on this one too; the lead runs the rounds. */
export type Staff = { owner: Person; lead: Person; admin: Person; everybody: readonly Person[]; passwordHash: string }

/** Adds the project with all of its months. Runs inside the seed's transaction; the same for every fresh demo. */
export async function addLettersProject(tx: Database, staff: Staff): Promise<void> {
  const random = seededRandom(SEED)
  const restore = replaceAmbient({ randomInt: (below) => Math.floor(random() * below) })
  try {
    await addAll(tx, staff, random)
  } finally {
    restore()
  }
}

async function addAll(tx: Database, staff: Staff, random: Random): Promise<void> {
  const today = now()
  const startOf = (month: number) => roundStart(today, MONTHS.length - month)
  const begun = startOf(0) - 20 * DAY_MS
  const project = await addProject(tx, {
    slug: LETTERS_SLUG,
    name: 'Claim letters',
    description:
      'Letters about claims that a model drafts for the same fictional health plan: seven months of rounds, two versions of the rubric. Everything in it is invented.',
    categories: [...CATEGORIES],
    userSegments: [...RECIPIENTS],
    createdAt: begun,
  })
  await joinStaff(tx, project, staff, begun)
  const owner = scopeOf(staff.owner, project, ['owner'])
  const lead = scopeOf(staff.lead, project, ['lead'])
  const first = await atTime(begun, async () => {
    await record(tx, {
      projectId: project.id,
      actor: { id: null, name: 'demo seed' },
      action: 'demo.seeded',
      subject: 'project',
      subjectId: project.id,
      detail: { months: MONTHS.length },
    })
    const made = await createRubric(tx, owner, claimLetters)
    await publishVersion(tx, owner, made.versionId)
    return { ...made, inUse: await inUse(tx, made.versionId, 1) }
  })
  const raters = await addRaters(tx, project, staff, first.inUse, begun, random)
  const { documents, systems } = await addDocumentsAndSystems(tx, project.id, begun)
  const within = {
    projectId: project.id,
    ownerId: staff.owner.id,
    checkerId: staff.lead.id,
    rubricVersionId: first.versionId,
  }
  let version = first.inUse
  let anchored: Letter[] = []
  const known: LetterCase[] = []
  const underFirst: Letter[] = []
  for (const [month, { system, mix }] of MONTHS.entries()) {
    const startsAt = startOf(month)
    if (month === SECOND_VERSION)
      version = await atTime(startsAt - 2 * DAY_MS, () => secondVersion(tx, owner, first.rubricId))
    const asked = await addMonthCases(
      tx,
      within,
      { mix, firstNumber: known.length, at: startsAt - 5 * DAY_MS, used: documents },
      random,
    )
    known.push(...asked)
    const drafted = {
      projectId: project.id,
      system,
      systemId: systems.get(system) as string,
      at: startsAt - 3 * DAY_MS,
    }
    const letters = await addLetters(tx, drafted, asked, random)
    const present = raters.filter(({ months: [from, to] }) => from <= month && month <= to).map(({ rater }) => rater)
    await atTime(startsAt - DAY_MS, () =>
      addRatedRound(
        tx,
        lead,
        {
          name: `Letters of ${monthName(startsAt)}`,
          version,
          startsAt,
          month,
          asked: mixedItems(letters, anchored, ANCHOR_SHARE, present),
          over: { anchorShare: anchored.length === 0 ? 0 : ANCHOR_SHARE },
        },
        random,
      ),
    )
    if (month === 0)
      anchored = await atTime(startsAt + 22 * DAY_MS, () =>
        drawLetterAnchors(tx, lead, letters, ANCHORS, startsAt + 22 * DAY_MS),
      )
    if (month === SECOND_VERSION) {
      await addBridge(
        tx,
        lead,
        { underFirst, raters: present, from: first.inUse, to: version, startsAt, month },
        random,
      )
      await atTime(startsAt + 23 * DAY_MS, () => retireVersion(tx, owner, first.versionId))
    }
    if (month < SECOND_VERSION) underFirst.push(...letters)
  }
  await addPresent(
    tx,
    lead,
    { known, anchored, raters, version, systemId: systems.get('letters-5-rc1') as string, today },
    random,
  )
}

async function joinStaff(
  tx: Database,
  project: Project,
  { owner, lead, admin }: Staff,
  createdAt: number,
): Promise<void> {
  const base = { projectId: project.id, createdAt }
  await tx.insert(memberships).values([
    { ...base, userId: owner.id, role: 'owner' },
    { ...base, userId: lead.id, role: 'lead' },
    { ...base, userId: admin.id, role: 'admin' },
  ])
}

async function addRaters(
  tx: Database,
  project: Project,
  { everybody, passwordHash }: Staff,
  { dimensions: asked }: VersionInUse,
  createdAt: number,
  random: Random,
): Promise<{ rater: LetterRater; months: LetterPerson['months'] }[]> {
  const keys = asked.map(({ key }) => key)
  const added = []
  for (const person of readLetterPeople()) {
    const here = everybody.find(({ email }) => email === person.email)
    const name = `${person.first_name} ${person.last_name}`
    const { id } = here ?? (await addPerson(tx, project, [], { email: person.email, name, passwordHash, createdAt }))
    await tx.insert(memberships).values({ projectId: project.id, userId: id, role: 'rater', createdAt })
    added.push({ rater: raterOf(person, id, keys, random), months: person.months })
  }
  return added
}

async function inUse(tx: Database, id: string, number: VersionInUse['number']): Promise<VersionInUse> {
  const asked = await tx
    .select()
    .from(dimensions)
    .where(eq(dimensions.rubricVersionId, id))
    .orderBy(dimensions.position)
  return { id, number, dimensions: asked }
}

async function secondVersion(tx: Database, owner: Scope, rubricId: string): Promise<VersionInUse> {
  const { versionId } = await createVersion(tx, owner, rubricId, claimLettersStricter)
  await publishVersion(tx, owner, versionId)
  return inUse(tx, versionId, 2)
}

/** The same letters under both versions by the same raters, half of whom meet the older version first. */
async function addBridge(
  tx: Database,
  lead: Scope,
  {
    underFirst,
    raters,
    from,
    to,
    startsAt,
    month,
  }: {
    underFirst: readonly Letter[]
    raters: readonly LetterRater[]
    from: VersionInUse
    to: VersionInUse
    startsAt: number
    month: number
  },
  random: Random,
): Promise<void> {
  const taking = raters.filter(({ email }) => !BRIDGE.leftOut.includes(email))
  const chosen = sampleOf(underFirst, BRIDGE.items)
  const probability = chosen.length / underFirst.length
  const made = chosen.map((letter) => ({ letter, reason: 'bridge' as const, probability }))
  const asked = allotted(made, taking, BRIDGE.overlap)
  const older = olderFirst(taking.map(({ id }) => id))
  const name = `Letters of ${monthName(startsAt)}`
  for (const half of ['from', 'to'] as const) {
    await atTime(startsAt - DAY_MS, () =>
      addRatedRound(
        tx,
        lead,
        {
          name: `${name}, ${half === 'from' ? 'second' : 'third'} set`,
          version: half === 'from' ? from : to,
          startsAt,
          month,
          asked,
          isSecond: ({ id }) => older.has(id) === (half === 'to'),
          over: { overlap: BRIDGE.overlap, bridgesFromId: half === 'to' ? from.id : null },
        },
        random,
      ),
    )
  }
}

/** The round that is open today: what the next version of the drafter wrote, and anchors. */
async function addPresent(
  tx: Database,
  lead: Scope,
  {
    known,
    anchored,
    raters,
    version,
    systemId,
    today,
  }: {
    known: readonly LetterCase[]
    anchored: readonly Letter[]
    raters: readonly { rater: LetterRater; months: LetterPerson['months'] }[]
    version: VersionInUse
    systemId: string
    today: number
  },
  random: Random,
): Promise<void> {
  const startsAt = today - 2 * DAY_MS
  const asked = sampleOf(known, OPEN_LETTERS)
  const drafted = { projectId: lead.project.id, system: 'letters-5-rc1' as const, systemId, at: startsAt - DAY_MS }
  const letters = await addLetters(tx, drafted, asked, random)
  const present = raters.filter(({ months }) => months[1] === MONTHS.length - 1).map(({ rater }) => rater)
  await atTime(startsAt, () =>
    addOpenRound(tx, lead, {
      name: `Letters of ${monthName(today)}`,
      version,
      startsAt,
      asked: mixedItems(letters, anchored, ANCHOR_SHARE, present),
      over: { anchorShare: ANCHOR_SHARE, createdAt: startsAt },
    }),
  )
}

/** Two projects for probing who reaches what: every text of the first carries a mark by which it is known again. */
import { openSession } from '#app/auth/session.server.ts'
import { takeHand } from '#app/evaluation/queue/take.ts'
import { submitRating } from '#app/evaluation/ratings/submit.ts'
import { ROLES, type Role } from '#db/schema/roles.ts'
import {
  addCase,
  addPerson,
  addProject,
  addReference,
  addRound,
  addRubric,
  addSystemVersion,
  type Person,
  type Project,
  scopeOf,
} from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { scored } from './rating.ts'
import { addRotation, addScan } from './rotated.ts'
import type { Params } from './routes.ts'
import { addTrace } from './traces.ts'
import { addSampling } from './traffic.ts'

/** What the texts of the first project contain: see `MARKS`. */
export const MARKS = {
  input: 'mark-of-the-input',
  answer: 'mark-of-the-answer',
  key: 'mark-of-the-key',
  system: 'mark-of-the-system',
  reference: 'mark-of-the-reference',
  note: 'mark-of-another-raters-note',
  other: 'mark-of-another-person',
  round: 'mark-of-the-round',
  project: 'mark-of-the-project',
} as const

export type Visitor = Role | 'outsider' | 'disabled' | 'signed out'
export const VISITORS: readonly Visitor[] = [...ROLES, 'outsider', 'disabled', 'signed out']

export type Territory = {
  project: Project
  /** The outsider holds every role here. */
  elsewhere: Project
  params: Params
  people: Record<Role | 'outsider' | 'disabled', Person>
  cookies: Record<Visitor, string>
}

async function cookieOf(person: Person): Promise<string> {
  return (await openSession(person.id, 'a browser')).split(';')[0] ?? ''
}

export async function addTerritory(store: Store): Promise<Territory> {
  const made = await store.write(async (tx) => {
    const project = await addProject(tx, { name: MARKS.project })
    const elsewhere = await addProject(tx)
    const rubric = await addRubric(tx, project)
    const system = await addSystemVersion(tx, project, MARKS.system)
    const person = (roles: readonly Role[], name: string, where = project, over: Partial<Person> = {}) =>
      addPerson(tx, where, roles, { name, passwordHash: 'none', ...over })
    const people = {
      rater: await person(['rater'], 'Rater'),
      owner: await person(['owner'], `${MARKS.other} owner`),
      lead: await person(['lead'], `${MARKS.other} lead`),
      builder: await person(['builder'], `${MARKS.other} builder`),
      admin: await person(['admin'], `${MARKS.other} admin`),
      outsider: await person(ROLES, 'Outsider', elsewhere),
      disabled: await person(ROLES, `${MARKS.other} disabled`),
    }
    const second = await person(['rater'], `${MARKS.other} rater`)
    const cases = []
    for (let i = 0; i < 3; i++) {
      const text = { key: `${MARKS.key}-${i}`, input: `${MARKS.input} ${i}`, response: `${MARKS.answer} ${i}` }
      const one = await addCase(tx, project, system.id, text)
      await addReference(tx, project, one.caseId, { text: MARKS.reference })
      cases.push(one)
    }
    const traced = {
      key: `${MARKS.key}-trace`,
      input: MARKS.input,
      response: MARKS.answer,
      systemVersion: MARKS.system,
    }
    const trace = await addTrace(tx, project, traced)
    const sampling = await addSampling(tx, project)
    const raters = [people.rater.id, second.id]
    const round = await addRound(tx, project, rubric.versionId, raters, cases, { name: MARKS.round })
    const retired = await addCase(tx, project, system.id, { key: `${MARKS.key}-retired`, input: MARKS.input })
    const rotation = await addRotation(tx, project, retired.caseId)
    const scan = await addScan(tx, project, { caseId: retired.caseId, key: `${MARKS.key}-retired` })
    return { project, elsewhere, rubric, people, second, cases, round, trace, sampling, rotation, scan }
  })
  const { project, rubric, people, second, round } = made
  const rate = async (person: Person, note: string) => {
    const scope = scopeOf(person, project, ['rater'])
    const assignment = (await takeHand(store, scope, round.id)).items[0]?.assignment ?? ''
    const content = scored(rubric, 3)
    for (const score of Object.values(content.scores)) score.note = note
    await submitRating(store, scope, round.id, { assignment, submissionId: `submission-${person.id}`, content })
    return assignment
  }
  await rate(second, MARKS.note)
  const assignment = await rate(people.rater, 'my own note')
  const cookies = { 'signed out': '' } as Record<Visitor, string>
  for (const [visitor, person] of Object.entries(people)) cookies[visitor as Visitor] = await cookieOf(person)
  return {
    project,
    elsewhere: made.elsewhere,
    people,
    cookies,
    params: {
      project: project.slug,
      round: round.id,
      version: rubric.versionId,
      rubric: rubric.key,
      case: made.cases[0]?.caseId ?? '',
      person: people.rater.id,
      assignment,
      trace: made.trace.id,
      sampling: made.sampling,
      rotation: made.rotation,
      scan: made.scan,
      job: 'no-such-job',
      task: 'no-such-task',
      file: 'cases.jsonl',
      token: 'no-such-token',
    },
  }
}

/** The marks that a text contains. */
export const marksIn = (text: string): string[] =>
  Object.entries(MARKS)
    .filter(([, mark]) => text.includes(mark))
    .map(([name]) => name)

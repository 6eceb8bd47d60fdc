import { and, count, eq, isNull, ne } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { nameRaters } from '#app/evaluation/agreement/names.ts'
import { passing } from '#app/evaluation/agreement/passing.ts'
import { verifyChain } from '#app/evaluation/audit/verify.ts'
import { calibrationIn, suspicionIn } from '#app/evaluation/calibration/calibration.ts'
import { firstMeetings } from '#app/evaluation/calibration/first-meetings.ts'
import { bySeverity } from '#app/evaluation/calibration/reading.ts'
import { responsesAgain } from '#app/evaluation/calibration/repeats.ts'
import { alarmsIn } from '#app/evaluation/drift/alarms.ts'
import { chosenDimension } from '#app/evaluation/drift/choose.ts'
import { driftIn } from '#app/evaluation/drift/drift.ts'
import { NO_DRIFT_FILTER } from '#app/evaluation/drift/filter.ts'
import type { DimensionFindings, DriftFindings } from '#app/evaluation/drift/findings.ts'
import { driftFinding } from '#app/evaluation/drift/words.ts'
import { responses } from '#db/schema/cases.ts'
import { projects, users } from '#db/schema/people.ts'
import { ratings } from '#db/schema/ratings.ts'
import { anchors, items, rounds } from '#db/schema/rounds.ts'
import { rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import { auditEntries } from '#db/schema/work.ts'
import { seedDemo } from '#db/seed/demo.ts'
import { LETTERS_SLUG } from '#db/seed/letters/project.ts'
import { type Person, type Project, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { freshStore } from '#tests/support/store.ts'

let store: Store
let project: Project
let findings: DriftFindings
let names: Awaited<ReturnType<typeof nameRaters>>

const leadScope = async () => {
  const [lead] = await store.read.select().from(users).where(eq(users.email, 'tobias.mwangi@alderbrook.example'))
  return scopeOf(lead as Person, project, ['lead'])
}

beforeAll(async () => {
  store = await freshStore()
  await seedDemo(store)
  const [found] = await store.read.select().from(projects).where(eq(projects.slug, LETTERS_SLUG))
  project = found as Project
  const scope = await leadScope()
  const { found: within } = await driftIn(store, scope, NO_DRIFT_FILTER)
  if (!within?.ready) throw new Error('nothing was found')
  findings = within.value
  names = await nameRaters(store, scope, findings.raters)
})

const dimension = (key: string) => findings.dimensions.find((one) => one.key === key) as DimensionFindings

function saidOf(key: string): { said: string; more: string } {
  const { headline, more } = driftFinding(findings, dimension(key), { raters: names, systems: {} })
  return { said: headline.map(({ text }) => text).join(''), more: more.join(' ') }
}

describe('the past of the claim letters', () => {
  it('has a retired version and the one in use, whose note says what changed', async () => {
    const versions = await store.read
      .select({ state: rubricVersions.state, note: rubricVersions.changeNote })
      .from(rubricVersions)
      .innerJoin(rubrics, eq(rubrics.id, rubricVersions.rubricId))
      .where(eq(rubrics.projectId, project.id))
      .orderBy(rubricVersions.number)
    expect(versions.map(({ state }) => state)).toEqual(['retired', 'published'])
    expect(versions[1]?.note).toMatch(/^Conciseness is stricter/)
  })

  it('has seven months of closed rounds with anchors at their share, both halves of a bridge, and an open round', async () => {
    const all = await store.read
      .select({ state: rounds.state, share: rounds.anchorShare, reason: items.reason, n: count() })
      .from(items)
      .innerJoin(rounds, eq(rounds.id, items.roundId))
      .where(eq(rounds.projectId, project.id))
      .groupBy(rounds.id, rounds.state, rounds.anchorShare, items.reason)
    const counts = (reason: string, state: string) =>
      all.filter((row) => row.reason === reason && row.state === state).map(({ n }) => Number(n))
    expect(counts('audit', 'closed')).toEqual(Array(7).fill(45))
    expect(counts('anchor', 'closed')).toEqual(Array(6).fill(30))
    expect(counts('bridge', 'closed')).toEqual([40, 40])
    expect(counts('audit', 'open')).toEqual([30])
    expect(counts('anchor', 'open')).toEqual([20])
    const [drawn] = await store.read.select({ n: count() }).from(anchors).where(eq(anchors.drawn, 'random'))
    expect(Number(drawn?.n)).toBe(30)
  })

  it('has letters that differ from one another, and ratings that are marked as simulated, their rounds too', async () => {
    const texts = await store.read
      .select({ text: responses.text })
      .from(responses)
      .where(eq(responses.projectId, project.id))
    expect(new Set(texts.map(({ text }) => text)).size).toBe(texts.length)
    expect(texts.some(({ text }) => /[{}]|undefined|NaN/.test(text))).toBe(false)
    const own = eq(rounds.projectId, project.id)
    const [others] = await store.read
      .select({ n: count() })
      .from(ratings)
      .innerJoin(rounds, eq(rounds.id, ratings.roundId))
      .where(and(own, ne(ratings.source, 'simulated')))
    const [unmarked] = await store.read
      .select({ n: count() })
      .from(ratings)
      .innerJoin(rounds, eq(rounds.id, ratings.roundId))
      .where(and(own, isNull(rounds.simulated)))
    expect([Number(others?.n), Number(unmarked?.n)]).toEqual([0, 0])
  })

  it('left an audit log whose chain holds and whose dates go one way', async () => {
    expect(await verifyChain(store)).toMatchObject({ broken: null })
    const times = await store.read.select({ at: auditEntries.at }).from(auditEntries).orderBy(auditEntries.number)
    expect(times.map(({ at }) => at)).toEqual(times.map(({ at }) => at).sort((a, b) => a - b))
  })
})

describe('what drift finds in them', () => {
  it('the version, where conciseness is read more strictly', () => {
    const { said } = saidOf('conciseness')
    expect(said).toMatch(/^The mean on conciseness fell by 0\.\d\d/)
    expect(said).toMatch(
      / of it, 0\.\d\d \(0\.\d\d to 0\.\d\d\), came with version 2 of the rubric; neither the raters/,
    )
    const [bridge] = dimension('conciseness').drift.steps.map((step) => step.bridge)
    if (!bridge?.estimable) throw new Error('no bridge')
    expect(bridge).toMatchObject({ items: 40, raters: 6 })
    expect(bridge.shift.estimate).toBeLessThan(-0.3)
    expect(bridge.shift.estimate).toBeGreaterThan(-0.65)
  })

  it('the panel on plain words, which the page opens with', () => {
    expect(chosenDimension(findings, null)?.key).toBe('plain-words')
    const { said, more } = saidOf('plain-words')
    expect(`${said} ${more}`).toMatch(
      /Since \w+ \d{4} the panel reads plain words under version 2 more strictly, by 0\.\d\d/,
    )
  })

  it('one rater on grounds, by name, and no panel but that on plain words', () => {
    const alarms = alarmsIn(findings).map(({ dimension: { key }, rater }) => [key, rater && names[rater]?.name])
    expect(alarms).toContainEqual(['grounds', 'K. Lindqvist'])
    expect(alarms.filter(([, name]) => name === null)).toEqual([['plain-words', null]])
    const { said, more } = saidOf('grounds')
    expect(`${said} ${more}`).toMatch(/K\. Lindqvist reads grounds under version 2 more strictly than before/)
  })

  it('the model on the next step, and parts that add up to each change exactly', () => {
    expect(saidOf('next-step').said).toMatch(/ of it, 0\.\d\d \(.*\), came with the model/)
    for (const { key, drift } of findings.dimensions) {
      if (!drift.change.estimable) throw new Error(key)
      const { before, after, change, parts } = drift.change
      expect(after - before).toBeCloseTo(change, 12)
      expect(parts.reduce((sum, { estimate }) => sum + estimate, 0)).toBeCloseTo(change, 9)
    }
  })
})

it('calibration finds who is severe, who is lenient, and who does not read', async () => {
  const scope = await leadScope()
  const { figures, filter } = await calibrationIn(store, scope)
  if (!filter || !figures?.ready) throw new Error('no figures')
  const order = bySeverity(figures.value.raterList).map(({ id }) => names[id]?.name)
  expect(order[0]).toBe('O. Brennecke')
  expect(order.at(-1)).toBe('W. Okereke')
  const suspicion = await suspicionIn(store, scope, filter)
  if (!suspicion.ready || !suspicion.value.estimable) throw new Error('no answer')
  const { raters, pairs } = suspicion.value
  const careless = raters.filter(({ isCareless }) => isCareless)
  expect(careless.map(({ rater }) => names[rater]?.name)).toEqual(['S. Orchard'])
  expect(pairs.filter(({ isSuspect }) => isSuspect)).toEqual([])
})

it('pairs meet on each response once where copying is looked for, however often it was an anchor', async () => {
  const { filter } = await calibrationIn(store, await leadScope())
  if (!filter) throw new Error('no filter')
  const repeated = await responsesAgain(store.read, filter.rubricVersionId)
  const whole = await passing(store.read, filter)
  const { columns, rows } = firstMeetings(whole, repeated)
  const responsesIn = (some: Uint32Array) =>
    [...some].map((row) => {
      const item = columns.items.names[columns.item[row] as number] as string
      return `${columns.rater[row]} ${repeated.get(item) ?? item}`
    })
  const met = responsesIn(rows)
  expect(new Set(met).size).toBe(met.length)
  expect(met.length).toBe(new Set(responsesIn(whole.rows)).size)
  expect(met.length).toBeLessThan(whole.rows.length)
})

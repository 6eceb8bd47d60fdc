import { and, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { openSession } from '#app/auth/session.server.ts'
import { NO_FILTER } from '#app/evaluation/agreement/filter.ts'
import { nameRaters } from '#app/evaluation/agreement/names.ts'
import { calibratedItems, calibratedPage, calibrationIn, suspicionIn } from '#app/evaluation/calibration/calibration.ts'
import { calibrationCsv } from '#app/evaluation/calibration/csv.ts'
import type { WholeCalibration } from '#app/evaluation/calibration/figures.ts'
import { listItems } from '#app/evaluation/calibration/items-list.ts'
import { bySeverity, fitReading, largestContrasts, spanOf } from '#app/evaluation/calibration/reading.ts'
import { findingOf, separationInWords } from '#app/evaluation/calibration/words.ts'
import { engine } from '#db/dialect.ts'
import { projects, users } from '#db/schema/people.ts'
import { ratings } from '#db/schema/ratings.ts'
import { items, rounds } from '#db/schema/rounds.ts'
import { dimensions } from '#db/schema/rubrics.ts'
import { seedDemo } from '#db/seed/demo.ts'
import { readPeople } from '#db/seed/demo-content.ts'
import { trueSeverities } from '#db/seed/demo-round.ts'
import { type Person, type Project, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { ask, routes } from '#tests/support/routes.ts'
import { serveFrom } from '#tests/support/server-store.ts'
import { freshStore } from '#tests/support/store.ts'

/** Points to one logit of the demo's generating model, near the middle of the scale. */
const LOGITS_PER_POINT = 5.4

let store: Store
let project: Project
let everybody: Person[]
let figures: WholeCalibration

const personOf = (email: string) => everybody.find((person) => person.email?.startsWith(email)) as Person
const leadScope = () => scopeOf(personOf('tobias'), project, ['lead'])

beforeAll(async () => {
  store = await freshStore()
  await seedDemo(store)
  serveFrom(store)
  project = (await store.read.select().from(projects).where(eq(projects.slug, 'member-handbook')))[0] as Project
  everybody = await store.read.select().from(users)
  const made = await calibrationIn(store, leadScope())
  if (!made.filter || !made.figures?.ready) throw new Error('no figures')
  const { value } = made.figures
  figures = { ...value, itemList: await calibratedItems(store, leadScope(), made.filter, value) }
})

/** The finished round's raters with what the model that drew their scores knows of them. */
async function truth(): Promise<{ id: string; severity: number }[]> {
  const [version] = await store.read
    .select()
    .from(rounds)
    .where(and(eq(rounds.state, 'closed'), eq(rounds.projectId, project.id)))
  const asked = await store.read
    .select()
    .from(dimensions)
    .where(eq(dimensions.rubricVersionId, version?.rubricVersionId ?? ''))
    .orderBy(dimensions.position)
  const raters = readPeople().flatMap(({ email, simulated, rounds: takesPartIn }) =>
    simulated && takesPartIn.includes('finished') ? [{ ...simulated, id: personOf(email).id, name: email }] : [],
  )
  return trueSeverities(raters, asked).map((severity, j) => ({ id: raters[j]?.id ?? '', severity }))
}

describe('calibration of the demo round', () => {
  it('finds the severities its ratings were drawn with', async () => {
    const known = await truth()
    const mean = known.reduce((sum, { severity }) => sum + severity, 0) / known.length
    expect(known).toHaveLength(6)
    for (const { id, severity } of known) {
      const found = figures.raterList.find((rater) => rater.id === id)?.severity
      if (!found?.estimable) throw new Error('no severity')
      const expected = (mean - severity) / LOGITS_PER_POINT
      const { low, high } = spanOf(found, 'points')
      expect(expected, id).toBeGreaterThan(low)
      expect(expected, id).toBeLessThan(high)
      expect(Math.abs(found.points - expected), id).toBeLessThan(0.07)
    }
    const order = [...known].sort((a, b) => b.severity - a.severity).map(({ id }) => id)
    const found = bySeverity(figures.raterList).map(({ id }) => id)
    expect(found.slice(0, 2).sort()).toEqual(order.slice(0, 2).sort())
  })

  it('names the two who read conciseness in a way of their own as the largest finding', async () => {
    const names = await nameRaters(
      store,
      leadScope(),
      figures.raterList.map(({ id }) => id),
    )
    const { headline, more } = findingOf(figures, (id) => names[id]?.name ?? '')
    const said = headline.map(({ text }) => text).join('')
    expect(said).toMatch(/^On conciseness, /)
    expect(said).toMatch(/D\. Fairlie/)
    expect(said).toMatch(/W\. Okereke/)
    expect(said).toMatch(/points lower than the rest of their scores/)
    expect(more.join(' ')).toMatch(/This rests on 390 ratings of 130 items by 6 raters\. All 390 ratings are simulated/)
    expect(separationInWords(figures.separation)).toMatch(/differ in severity by more than chance/)
    const clear = largestContrasts(figures).filter((one) => one.clear)
    expect(clear.every(({ points }, i) => i === 0 || Math.abs(points) <= Math.abs(clear[i - 1]?.points ?? 0))).toBe(
      true,
    )
  })

  it('has fair scores, level counts, consensus and habits that agree with the ratings', async () => {
    const { items: listed, total } = listItems(figures, { sort: 'moved', page: 1 })
    expect(total).toBe(130)
    expect(listed).toHaveLength(25)
    const { filter } = await calibrationIn(store, leadScope())
    if (!filter) throw new Error('no filter')
    const pageOf = (page: number) => calibratedPage(store, leadScope(), filter, figures, { sort: 'moved', page })
    expect(await pageOf(1)).toEqual({ items: listed, total })
    expect(await pageOf(2)).toEqual(listItems(figures, { sort: 'moved', page: 2 }))
    const sizes = listed.map(({ moved }) => Math.abs(moved ?? 0))
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
    for (const { fair, rawMean, raters, consensus } of figures.itemList) {
      expect(raters).toBe(3)
      expect(fair.estimable && Math.abs(fair.score - (rawMean ?? 0)) < 0.5).toBe(true)
      for (const one of consensus.flatMap((known) => known ?? []))
        for (const chance of [one.oneCoin?.chance, one.dawidSkene?.chance, one.medianChance]) {
          expect(chance).toBeGreaterThan(0.2)
          expect(chance).toBeLessThanOrEqual(1)
        }
    }
    for (const rater of figures.raterList) {
      const own = rater.levels.own.flat().reduce((sum, n) => sum + n, 0)
      expect(own).toBe(rater.scores)
      expect(rater.company).toMatchObject({ others: 5 })
      expect(fitReading(rater)).not.toBe('none')
      expect(rater.cannotJudge.estimable && rater.cannotJudge.asked).toBe(rater.company.items * 5)
      expect(rater.pace?.items).toBe(rater.company.items)
    }
  })

  it('accuses nobody who was simulated as honest, and says that it is no verdict', async () => {
    const { filter } = await calibrationIn(store, leadScope())
    if (!filter) throw new Error('no filter')
    const found = await suspicionIn(store, leadScope(), filter)
    if (!found.ready || !found.value.estimable) throw new Error('no answer')
    expect(found.value.pairs.filter(({ isSuspect }) => isSuspect)).toEqual([])
    expect(found.value.tested + found.value.untested).toBe(15)
    await expect(suspicionIn(store, leadScope(), { ...filter, rubricVersionId: 'none' })).rejects.toThrow('not here')
  })

  it('narrows by the filters of agreement', async () => {
    const narrowed = await calibrationIn(store, leadScope(), { ...NO_FILTER, category: 'reasoning' })
    if (!narrowed.figures?.ready) throw new Error('no figures')
    expect(narrowed.figures.value.items).toBeLessThan(figures.items)
    const nothing = await calibrationIn(store, leadScope(), { ...NO_FILTER, source: 'app' })
    if (!nothing.figures?.ready) throw new Error('no figures')
    expect(nothing.figures.value).toMatchObject({
      ratings: 0,
      raterList: [],
      overall: { estimable: false, reason: 'there are no scores' },
    })
    expect((await calibrationIn(store, leadScope(), { ...NO_FILTER, roundId: 'none' })).figures).toBeNull()
  })

  it('is for leads and owners', async () => {
    for (const role of ['rater', 'builder', 'admin'] as const)
      await expect(calibrationIn(store, scopeOf(personOf('tobias'), project, [role]))).rejects.toThrow(/lead or owner/)
  })

  it('writes tables with full precision and where they come from', async () => {
    const names = {
      raters: await nameRaters(
        store,
        leadScope(),
        figures.raterList.map(({ id }) => id),
      ),
      items: {},
    }
    const { choices, filter } = await calibrationIn(store, leadScope())
    const version = choices.versions[0]
    if (!filter || !version) throw new Error('no filter')
    const provenance = {
      filter,
      version,
      round: null,
      systemVersion: null,
      raters: null,
      simulated: figures.sources.simulated,
    }
    const lines = (table: Parameters<typeof calibrationCsv>[0]) =>
      calibrationCsv(table, figures, names, provenance).trim().split('\r\n')
    expect(lines('severity')).toHaveLength(1 + 6)
    expect(lines('severity')[1]).toMatch(/^D\. Fairlie,\d+,1,-0\.\d{6,}/)
    expect(lines('levels')).toHaveLength(1 + 6 * 5 * 4)
    expect(lines('contrasts')).toHaveLength(1 + 6 * 5)
    expect(lines('companions')).toHaveLength(1 + 6 + 1)
    expect(lines('items')).toHaveLength(1 + 130)
    for (const table of ['severity', 'levels', 'contrasts', 'companions', 'items'] as const)
      for (const line of lines(table)) {
        expect(line).not.toMatch(/NaN|Infinity|undefined/)
        expect(line.split(',')).toHaveLength(lines(table)[0]?.split(',').length ?? 0)
      }
  })
})

// The computing thread opens the server's own database, which on PostgreSQL is not the one of the test.
describe.runIf(engine === 'sqlite')('the pages', () => {
  const pageOf = async (file: string, person: Person) => {
    const route = routes.find((one) => one.file === file)
    if (!route) throw new Error(file)
    const cookie = (await openSession(person.id, 'a browser')).split(';')[0] ?? ''
    return ask(route, 'loader', { params: { project: project.slug }, headers: { Cookie: cookie } })
  }

  it('tell a lead the names, and a rater neither names nor items nor system versions', async () => {
    const lead = await pageOf('routes/lead/calibration/page.tsx', personOf('tobias'))
    expect(lead.status).toBe(200)
    expect(lead.text).toMatch(/D\. Fairlie/)
    expect(lead.text).not.toMatch(/NaN/)

    const own = await pageOf('routes/rate/calibration.tsx', personOf('imogen'))
    expect(own.status).toBe(200)
    expect(own.text).toMatch(/points lower than the average rater on the same items/)
    for (const { id, name } of everybody) {
      if (name === 'Imogen Tarrow') continue
      expect(own.text).not.toContain(id)
      expect(own.text).not.toContain(name.split(' ')[1])
    }
    expect(own.text).not.toMatch(/handbook-1/)
    const all = await store.read.select({ id: items.id, caseId: items.caseId }).from(items)
    const made = await store.read.select({ id: ratings.id }).from(ratings)
    for (const { id } of [...all, ...made]) expect(own.text).not.toContain(id)
    for (const { caseId } of all) expect(own.text).not.toContain(caseId)
  })
})

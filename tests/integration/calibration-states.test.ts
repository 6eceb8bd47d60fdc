import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#app/ambient.ts'
import { openSession } from '#app/auth/session.server.ts'
import { calibrationIn, suspicionIn } from '#app/evaluation/calibration/calibration.ts'
import { engine } from '#db/dialect.ts'
import { ratings, scores } from '#db/schema/ratings.ts'
import {
  type AddedRubric,
  addCase,
  addPerson,
  addProject,
  addRound,
  addRubric,
  addSystemVersion,
  type Person,
  type Project,
  scopeOf,
} from '#db/seed/rows.ts'
import type { Database, Store } from '#db/store.server.ts'
import { ask, routes } from '#tests/support/routes.ts'
import { serveFrom } from '#tests/support/server-store.ts'
import { freshStore } from '#tests/support/store.ts'

let store: Store
let project: Project
let lead: Person
/** Each set of ratings is newer than the one before: the page shows the rubric version of the newest. */
let at = 1_000

beforeEach(async () => {
  store = await freshStore()
  serveFrom(store)
  await store.write(async (tx) => {
    project = await addProject(tx)
    lead = await addPerson(tx, project, ['lead'])
  })
})

/** Ratings of every dimension by this level; null: not rated. */
async function rate(
  items: number,
  raters: number,
  give: Give,
  scale: { from?: number; to?: number } = {},
): Promise<Rated> {
  return store.write(async (tx) => {
    const rubric = await addRubric(tx, project, scale)
    const system = await addSystemVersion(tx, project)
    const ids: string[] = []
    for (let j = 0; j < raters; j++) ids.push((await addPerson(tx, project, ['rater'], { name: `Ada Rater${j}` })).id)
    const answers = []
    for (let i = 0; i < items; i++) answers.push(await addCase(tx, project, system.id, { input: `Question ${i}?` }))
    const rated = { rubric, ids, answers }
    await inRound(tx, rated, give)
    return rated
  })
}

type Give = (item: number, rater: number, dimension: number) => number | null
type Rated = { rubric: AddedRubric; ids: string[]; answers: Awaited<ReturnType<typeof addCase>>[] }

/** The same answers, raters and rubric in a round of their own. */
async function inRound(tx: Database, { rubric, ids, answers }: Rated, give: Give): Promise<void> {
  at += 1_000
  const { id: roundId, itemIds } = await addRound(tx, project, rubric.versionId, ids, answers)
  for (const [i, itemId] of itemIds.entries())
    for (const [j, raterId] of ids.entries()) {
      const levels = rubric.dimensions.map((_, d) => give(i, j, d))
      if (levels.some((level) => level === null)) continue
      const id = newId()
      const made = { id, itemId, roundId, raterId, rubricVersionId: rubric.versionId, submissionId: id, revision: 1 }
      await tx.insert(ratings).values({ ...made, source: 'app', evidence: [], submittedAt: at })
      await tx
        .insert(scores)
        .values(rubric.dimensions.map(({ id: dimensionId }, d) => ({ ratingId: id, dimensionId, level: levels[d] })))
    }
}

async function page(query = '', file = 'routes/lead/calibration/page.tsx') {
  const route = routes.find((one) => one.file === file)
  if (!route) throw new Error(file)
  const cookie = (await openSession(lead.id, 'a browser')).split(';')[0] ?? ''
  const asked = { ...route, path: `${route.path}${query}` }
  const { status, text } = await ask(asked, 'loader', {
    params: { project: project.slug },
    headers: { Cookie: cookie },
  })
  expect(text).not.toMatch(/NaN|Infinity|null to|undefined/)
  return { status, text, data: status === 200 && file.endsWith('page.tsx') ? JSON.parse(text) : null }
}

const headline = ({ data }: Awaited<ReturnType<typeof page>>): string =>
  data.found.finding.headline.map(({ text }: { text: string }) => text).join('')

/** A level that hangs on the item, with some noise. */
const usual = (i: number, j: number, d: number) => 1 + ((i + ((i * 7 + j * 3 + d * 5) % 4 === 0 ? 1 : 0)) % 4)

// The computing thread opens the server's own database, which on PostgreSQL is not the one of the test.
describe.runIf(engine === 'sqlite')('the calibration page', () => {
  it('says what it is for where nothing was rated', async () => {
    const { data } = await page()
    expect(data).toMatchObject({ found: null, computing: false, choices: { rounds: [] } })
    expect((await page('', 'routes/lead/calibration/csv.ts')).status).toBe(404)
  })

  it('with one rater, one item, or no variation says why nothing is measured', async () => {
    await rate(20, 1, usual)
    const alone = await page()
    expect(headline(alone)).toBe('No severity can be measured: A. Rater0 is the only rater.')
    expect(alone.data.found.items.total).toBe(20)
    // nobody else scored them: nothing is settled, and no dimension can be read differently from anybody
    expect(new Set(alone.data.found.items.rows.map(({ settled }: { settled: string }) => settled))).toEqual(
      new Set(['0 of 2']),
    )
    expect(alone.data.found.contrasts.rows).toEqual([])

    await rate(1, 3, usual)
    expect((await page()).data.found).toMatchObject({ unmeasured: 'needs at least two items with scores' })

    await rate(12, 3, () => 3)
    const same = await page()
    expect(headline(same)).toBe('Severity cannot be measured.')
    expect(same.data.found.unmeasured).toMatch(/^no variation/)
    expect(same.data.found.suspicion).toMatchObject({ state: 'none', why: expect.stringMatching(/^no variation/) })
    expect(same.data.found.items.rows[0]).toMatchObject({ raw: '3.00', fair: 'not estimable', why: null })
    expect((await page('?table=suspicion', 'routes/lead/calibration/csv.ts')).text).toMatch(/Nobody can be tested/)
  })

  it('names groups that share no item, and what would join them', async () => {
    await rate(40, 6, (i, j, d) => ((i % 2 === 0) === j < 3 ? usual(i, j, d) : null))
    const { data } = await page()
    expect(data.found.groups).toMatchObject({
      count: 2,
      links: [{ group: 2, item: expect.stringMatching(/^Question/) }],
    })
    expect(data.found.groups.groups.map(({ names }: { names: string[] }) => names.length)).toEqual([3, 3])
    expect(data.found.finding.more.join(' ')).toMatch(/two groups that share no item/)
    expect(data.found.separation).toMatch(/cannot be said/)
    expect(data.found.severity.every(({ group }: { group: number }) => group === 1 || group === 2)).toBe(true)
  })

  it('proposes whom to give what for raters who share no item', async () => {
    await rate(40, 6, (i, j, d) => ((i % 2 === 0) === j < 3 ? usual(i, j, d) : null))
    const scope = scopeOf(lead, project, ['lead'])
    const { filter } = await calibrationIn(store, scope)
    if (!filter) throw new Error('no filter')
    const found = await suspicionIn(store, scope, filter)
    if (!found.ready || !found.value.estimable) throw new Error('no figures')
    expect(found.value).toMatchObject({ tested: 6, untested: 9, apart: 0 })
    expect(found.value.proposals).toHaveLength(3)
    for (const { shared, give } of found.value.proposals) expect([shared, give.length]).toEqual([0, 8])
  })

  it('pages many raters, shows one alone, and gives logits and other orders when asked', async () => {
    await rate(60, 30, (i, j, d) => ((i + j) % 10 < 2 ? usual(i, j, d) : null))
    const first = await page()
    expect(first.data.found.severity).toHaveLength(25)
    expect(first.data.found.plots.severity.rug.length).toBeGreaterThan(20)
    expect((await page('?raterPage=2')).data.found.severity).toHaveLength(5)
    expect((await page('?raterPage=99')).data.found.raters.page).toBe(2)
    const one = first.data.found.severity[3].id
    const alone = await page(`?rater=${one}&unit=logits&sort=open`)
    expect(alone.data.found).toMatchObject({ unit: 'logits', rater: { id: one }, items: { sort: 'open' } })
    expect(alone.data.found.severity).toHaveLength(1)
    expect((await page('?rater=nobody&unit=miles&sort=x&itemPage=-3')).data.found).toMatchObject({
      rater: null,
      unit: 'points',
    })
    expect((await page('?from=yesterday')).status).toBe(400)
    expect((await page('?table=toString', 'routes/lead/calibration/csv.ts')).status).toBe(404)
  })

  it('says how far each rater repeats themselves where answers came back in a later round', async () => {
    const first = (i: number, j: number, d: number) => Math.min(3, usual(i, j, d))
    const rated = await rate(20, 3, first)
    // the first rater gives the same again, the second one more on the first dimension, the third does not take part
    const second: Give = (i, j, d) => (j === 2 || i >= 10 ? null : first(i, j, d) + (j === 1 && d === 0 ? 1 : 0))
    await store.write((tx) => inRound(tx, rated, second))
    const scope = scopeOf(lead, project, ['lead'])
    const { figures } = await calibrationIn(store, scope)
    if (!figures?.ready) throw new Error('no figures')
    expect(figures.value.repeats).toHaveLength(2)
    const [one, two] = rated.ids.map((id) => figures.value.repeats.find(({ rater }) => rater === id))
    expect(one).toMatchObject({ rater: rated.ids[0], answers: 10, scores: 20, exact: { estimate: 1 } })
    expect(one?.difference).toMatchObject({ estimate: 0 })
    expect(two).toMatchObject({
      rater: rated.ids[1],
      answers: 10,
      scores: 20,
      exact: { estimate: 0.5, items: 10 },
      adjacent: { estimate: 1 },
      difference: { estimate: 0.5 },
    })
    const { data } = await page()
    const shown = data.found.companions.rows.map(({ cells }: { cells: { text: string }[] }) => cells[8]?.text)
    expect(shown.toSorted()).toEqual(['100 % of 10', '50 % of 10', '–'].toSorted())
    const csv = (await page('?table=companions', 'routes/lead/calibration/csv.ts')).text
    expect(csv).toMatch(/again_same,again_same_low/)
  })

  it('takes ten levels', async () => {
    await rate(30, 4, (i, j, d) => 1 + ((i * 3 + (j % 2) + d) % 10), { to: 10 })
    const { data } = await page()
    expect(data.found.levels[0].dimensions[0].counts).toHaveLength(10)
    expect(headline({ data, status: 200, text: '' })).not.toBe('')
  })
})

import { and, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Scope } from '#app/auth/permissions.ts'
import { NO_FILTER } from '#app/evaluation/agreement/filter.ts'
import { LISTED_KINDS } from '#app/evaluation/agreement/listed-kind.ts'
import { nameRaters } from '#app/evaluation/agreement/names.ts'
import { listRatings } from '#app/evaluation/agreement/ratings-list.ts'
import { DRIFT_TABLES, driftTable } from '#app/evaluation/drift/csv.ts'
import { driftIn } from '#app/evaluation/drift/drift.ts'
import { type DriftFilter, NO_DRIFT_FILTER, type SettledDrift } from '#app/evaluation/drift/filter.ts'
import type { DimensionFindings, DriftFindings } from '#app/evaluation/drift/findings.ts'
import { nextSteps } from '#app/evaluation/drift/next-steps.ts'
import { driftFinding } from '#app/evaluation/drift/words.ts'
import { ratings } from '#db/schema/ratings.ts'
import { addPerson, scopeOf } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { DriftProject } from '#tests/support/drift-project.ts'
import { freshStore } from '#tests/support/store.ts'

const DAY = 86_400_000
const AUGUST = Date.UTC(2026, 7, 3)
const OCTOBER = Date.UTC(2026, 9, 5)

let store: Store
beforeEach(async () => {
  store = await freshStore()
})

async function found(
  made: DriftProject,
  filter: Partial<DriftFilter> = {},
  scope: Scope = made.scope,
): Promise<{ findings: DriftFindings; one: DimensionFindings; filter: SettledDrift }> {
  const drifted = await driftIn(store, scope, { ...NO_DRIFT_FILTER, ...filter })
  if (!drifted.found?.ready || !drifted.filter) throw new Error('nothing was found')
  const findings = drifted.found.value
  return { findings, one: findings.dimensions[0] as DimensionFindings, filter: drifted.filter }
}

async function said(made: DriftProject, findings: DriftFindings, one: DimensionFindings): Promise<string> {
  const names = { raters: await nameRaters(store, made.scope, findings.raters), systems: {} }
  const { headline, more } = driftFinding(findings, one, names)
  return [headline.map(({ text }) => text).join(''), ...more].join(' ')
}

describe('anchors', () => {
  /** Rated as ordinary items in August, made anchors, and rated as such in October. */
  const followed = (drawn: 'picked' | 'random' | 'screened') =>
    store.write(async (tx) => {
      const made = await DriftProject.make(tx)
      const answers = await made.addAnswers(tx, 60)
      await made.rate(tx, { at: AUGUST, given: made.shared(answers, 3, 'audit') })
      await made.addAnchors(tx, answers.slice(0, 30), AUGUST + 20 * DAY, drawn)
      await made.rate(tx, { at: OCTOBER, given: made.shared(answers.slice(0, 30), 3, 'anchor') })
      return made
    })

  /** How many ratings the list behind a figure holds of each kind. */
  const listedAs = async ({ scope, versions }: DriftProject) => {
    const filter = { ...NO_FILTER, rubricVersionId: versions[0]?.versionId ?? '' }
    const all = { itemId: null, raterId: null, withRaterId: null, levels: null, apart: null, page: 1 }
    const [live, anchor, bridge] = await Promise.all(
      LISTED_KINDS.map((kind) => listRatings(store, scope, filter, { ...all, kind })),
    )
    return { live: live?.total, anchor: anchor?.total, bridge: bridge?.total }
  }

  it('drawn at random have their baseline in the ratings before they were anchors, which stay live ones as well', async () => {
    const made = await followed('random')
    const { findings, one } = await found(made)
    expect(findings.basis).toMatchObject({ ratings: 270, live: 180, anchor: 180 })
    expect(await listedAs(made)).toEqual({ live: 180, anchor: 180, bridge: 0 })
    const [series] = one.drift.anchors
    expect(series?.found).toMatchObject({ estimable: true, baseline: 0, periods: [{ period: 1, ratings: 90 }] })
    expect(one.means[0]?.periods[0]?.items).toBe(60)
  })

  it.each(['picked', 'screened'] as const)(
    '%s ones do not: scores they were chosen by regress to the mean',
    async (drawn) => {
      const made = await followed(drawn)
      const { findings, one } = await found(made)
      expect(findings.basis).toMatchObject({ live: 180, anchor: 90 })
      expect(await listedAs(made)).toEqual({ live: 180, anchor: 90, bridge: 0 })
      expect(one.drift.anchors[0]?.found).toMatchObject({ estimable: false, reason: /in one period only/ })
      expect(nextSteps(findings, one)[0]?.kind).toBe('share')
    },
  )
})

describe('a bridge', () => {
  /** Twelve answers rated by three raters under version 1, then under version 2, days later; nothing else is rated under version 2. */
  const bridged = (days: number) =>
    store.write(async (tx) => {
      const made = await DriftProject.make(tx, { raters: 3, noise: 0.2 })
      await made.addVersion(tx)
      const answers = await made.addAnswers(tx, 12, { quality: () => 3 })
      const given = made.shared(answers, 3, 'audit')
      await made.rate(tx, { at: AUGUST, given })
      const again = given.map((one) => ({ ...one, reason: 'bridge' as const }))
      const at = AUGUST + days * DAY
      await made.rate(tx, { at, version: 1, given: again, effect: () => -0.7, bridgesFrom: 0 })
      return made
    })

  it('takes earlier ratings under the older version as its half, and says what came with the version', async () => {
    const made = await bridged(2)
    const { findings, one } = await found(made)
    expect(one.drift.steps[0]?.bridge).toMatchObject({ estimable: true, items: 12, raters: 3, pairs: 36 })
    expect(one.daysApart[0]).toBeCloseTo(2, 1)
    // one month, two rounds: the rounds are the periods
    expect(findings).toMatchObject({ periodKind: 'round', compared: null })
    const words = await said(made, findings, one)
    expect(words).toMatch(
      /^Version 2 of the rubric lowers accuracy by 0\.\d\d \(0\.\d\d to \d\.\d\d\) on the same 12 answers, by the same 3 raters/,
    )
    expect(words).toMatch(/it is the version, not the raters/)
    expect(nextSteps(findings, one).map(({ kind }) => kind)).toEqual(['anchors'])
  })

  it('warns where both ratings lie far apart, and takes none where they lie a quarter apart', async () => {
    const far = await bridged(40)
    const { findings, one } = await found(far)
    expect(await said(far, findings, one)).toContain(
      'lie 40 days apart (median): what these raters changed meanwhile counts as the version’s',
    )
    const apart = await found(await bridged(120))
    expect(apart.one.drift.steps[0]?.bridge).toMatchObject({ estimable: false })
    expect(nextSteps(apart.findings, apart.one).map(({ kind }) => kind)).toContain('bridge')
  })
})

describe('drift in a project', () => {
  it('merges what the design cannot tell apart, names it and what would part it', async () => {
    const made = await store.write(async (tx) => {
      const project = await DriftProject.make(tx)
      await project.addVersion(tx)
      const [before, after] = [await project.addAnswers(tx, 40), await project.addAnswers(tx, 40)]
      await project.rate(tx, { at: AUGUST, given: project.shared(before, 2, 'audit') })
      await project.rate(tx, { at: OCTOBER, version: 1, given: project.shared(after, 2, 'audit'), effect: () => -1 })
      return project
    })
    const { findings, one } = await found(made)
    const words = await said(made, findings, one)
    expect(words).toMatch(
      /came with the panel, version 2 of the rubric and the model, three causes that cannot be told apart here/,
    )
    expect(words).toContain('mix in anchors')
    expect(words).toContain('run a bridge')
    expect(nextSteps(findings, one).map(({ kind }) => kind)).toEqual(['anchors', 'bridge'])
    expect(nextSteps(findings, one)[1]?.versions).toEqual({
      from: made.versions[0]?.versionId,
      to: made.versions[1]?.versionId,
    })
  })

  it('leaves out a dimension whose levels changed, and says why', async () => {
    const made = await store.write(async (tx) => {
      const project = await DriftProject.make(tx)
      await project.addVersion(tx, [1, 2, 3, 4, 5])
      const answers = await project.addAnswers(tx, 10)
      await project.rate(tx, { at: AUGUST, given: project.shared(answers, 2, 'audit') })
      await project.rate(tx, { at: OCTOBER, version: 1, given: project.shared(answers, 2, 'audit') })
      return project
    })
    const { findings } = await found(made)
    expect(findings.dimensions).toEqual([])
    expect(findings.leftOut).toMatchObject([
      {
        key: 'accuracy',
        reason: 'version 1 has the levels 1 to 4, version 2 1 to 5: their scores are on no common scale',
      },
    ])
  })

  it('says so with one period, one rater, or nothing', async () => {
    const made = await store.write(async (tx) => {
      const project = await DriftProject.make(tx, { raters: 1 })
      const answers = await project.addAnswers(tx, 6)
      await project.rate(tx, { at: AUGUST, given: project.shared(answers, 1, 'audit') })
      return project
    })
    const { findings, one } = await found(made)
    expect(await said(made, findings, one)).toMatch(
      /^Nothing can be said of drift on accuracy yet: all ratings lie in one month/,
    )
    const empty = await found(made, { from: OCTOBER })
    expect(empty.findings).toMatchObject({ basis: { ratings: 0 }, dimensions: [], periods: [] })
    const other = await store.write((tx) => DriftProject.make(tx))
    expect(await driftIn(store, other.scope)).toMatchObject({ filter: null, found: null, choices: { rubrics: [] } })
    // another project's rubric is none here
    const stranger = await driftIn(store, other.scope, { ...NO_DRIFT_FILTER, rubricId: made.versions[0]?.id ?? '' })
    expect(stranger).toMatchObject({ filter: null, found: null })
  })

  it('takes ratings in force only, and those that the filter lets through', async () => {
    const made = await store.write(async (tx) => {
      const project = await DriftProject.make(tx, { raters: 4 })
      const answers = await project.addAnswers(tx, 40)
      await project.rate(tx, { at: AUGUST, given: project.shared(answers.slice(0, 20), 2, 'audit') })
      await project.rate(tx, { at: OCTOBER, given: project.shared(answers.slice(20), 2, 'control') })
      await project.rate(tx, { at: OCTOBER, given: project.shared(answers.slice(0, 4), 2, 'training') })
      const [spoilt] = await tx.select().from(ratings).where(eq(ratings.submittedAt, AUGUST)).limit(1)
      await tx
        .update(ratings)
        .set({ supersededAt: OCTOBER, supersededBecause: 'undo' })
        .where(and(eq(ratings.id, spoilt?.id ?? '')))
      return project
    })
    const all = (await found(made)).findings.basis
    expect(all).toMatchObject({ ratings: 87, live: 79, aside: 8, sources: { simulated: 87 } })
    const basis = async (filter: Partial<DriftFilter>) => (await found(made, filter)).findings.basis.ratings
    expect(await basis({ from: OCTOBER })).toBe(48)
    expect(await basis({ to: OCTOBER })).toBe(39)
    expect(await basis({ source: 'app' })).toBe(0)
    const [one, two] = [await basis({ category: 'reasoning' }), await basis({ category: 'factual lookup' })]
    expect(one + two).toBe(87)
    const perRater = await Promise.all(made.raters.map(({ id }) => basis({ raterId: id })))
    expect(perRater.reduce((sum, n) => sum + n, 0)).toBe(87)
    const { findings } = await found(made, { periods: 'quarter' })
    expect(findings.periods.map(({ key }) => key)).toEqual(['2026-Q3', '2026-Q4'])
  })

  it('counts the ratings that its links lead to', async () => {
    const made = await store.write(async (tx) => {
      const project = await DriftProject.make(tx)
      const answers = await project.addAnswers(tx, 30)
      await project.rate(tx, { at: AUGUST, given: project.shared(answers.slice(0, 18), 2, 'audit') })
      await project.rate(tx, { at: OCTOBER, given: project.shared(answers.slice(18), 3, 'audit') })
      return project
    })
    const { findings, one } = await found(made)
    for (const { period, ratings: counted } of one.means[0]?.periods ?? []) {
      const { from, to } = findings.periods[period] ?? { from: null, to: null }
      const { total } = await listRatings(
        store,
        made.scope,
        { ...NO_FILTER, rubricVersionId: made.versions[0]?.versionId ?? '', from, to },
        { itemId: null, raterId: null, withRaterId: null, levels: null, apart: null, kind: 'live', page: 1 },
      )
      expect(total).toBe(counted)
    }
  })

  it('is for those who may see figures, and names raters only to those who may read ratings', async () => {
    const made = await store.write(async (tx) => {
      const project = await DriftProject.make(tx)
      const answers = await project.addAnswers(tx, 12)
      await project.rate(tx, { at: AUGUST, given: project.shared(answers, 2, 'audit') })
      return project
    })
    const as = async (role: 'rater' | 'builder') => {
      const person = await store.write((tx) => addPerson(tx, made.project, [role]))
      return scopeOf(person, made.project, [role])
    }
    await expect(driftIn(store, await as('rater'))).rejects.toMatchObject({ kind: 'forbidden' })
    const { choices } = await driftIn(store, await as('builder'))
    expect(choices.raters.map(({ name }) => name).sort()[0]).toBe('Rater 1')
  })

  it('writes every table as CSV without a number that is none', async () => {
    const made = await store.write(async (tx) => {
      const project = await DriftProject.make(tx, { keys: ['accuracy', 'tone'] })
      await project.addVersion(tx)
      const answers = await project.addAnswers(tx, 40)
      await project.rate(tx, {
        at: AUGUST,
        given: [...project.shared(answers, 3, 'audit'), ...project.shared(answers.slice(0, 20), 2, 'anchor')],
      })
      const later = await project.addAnswers(tx, 20)
      await project.rate(tx, {
        at: AUGUST + 31 * DAY,
        given: [...project.shared(later, 2, 'audit'), ...project.shared(answers.slice(0, 20), 2, 'anchor')],
      })
      await project.rate(tx, {
        at: OCTOBER,
        version: 1,
        given: project.shared(answers.slice(20), 3, 'bridge'),
        bridgesFrom: 0,
      })
      return project
    })
    const { findings, one: dimension, filter } = await found(made)
    const names = { raters: await nameRaters(store, made.scope, findings.raters), systems: {} }
    for (const table of DRIFT_TABLES) {
      const csv = driftTable(table, { findings, dimension, names, rubric: 'Rubric', filter })
      const [header = '', ...lines] = csv.trimEnd().split('\r\n')
      expect(csv, table).not.toMatch(/NaN|undefined|Infinity|\[object/)
      expect(new Set(header.split(',')).size, table).toBe(header.split(',').length)
      if (table !== 'alarms') expect(lines.length, table).toBeGreaterThan(0)
      for (const line of lines) {
        const cells = line.replaceAll(/"[^"]*"/g, 'x').split(',')
        expect(cells.length, `${table}: ${line}`).toBe(header.split(',').length)
      }
    }
  })
})

import { readFileSync } from 'node:fs'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { agreementIn, comparisonIn, insideIn } from '#app/evaluation/agreement/agreement.ts'
import { type AgreementFilter, NO_FILTER, type Settled } from '#app/evaluation/agreement/filter.ts'
import { nameItems, nameRaters } from '#app/evaluation/agreement/names.ts'
import { listRatings } from '#app/evaluation/agreement/ratings-list.ts'
import { stateOfRatings } from '#app/evaluation/agreement/state.ts'
import type { Estimated } from '#app/stats/estimate.ts'
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
import { freshStore } from '#tests/support/store.ts'

type Published = {
  krippendorff: { id: string; levels: number[]; published: { ordinal: number }; units_by_raters: (number | null)[][] }[]
}
const reference = JSON.parse(readFileSync('tests/reference/agreement.json', 'utf8')) as Published
const example = reference.krippendorff.find(({ id }) => id === 'K2011-C') as Published['krippendorff'][number]

let store: Store
let project: Project
let lead: Scope
let raters: Person[]
beforeEach(async () => {
  store = await freshStore()
  await store.write(async (tx) => {
    project = await addProject(tx)
    lead = scopeOf(await addPerson(tx, project, ['lead']), project, ['lead'])
    raters = []
    for (const name of ['Ada Okafor', 'Beth Marsh', 'Kofi Osei', 'Petra Novak'])
      raters.push(await addPerson(tx, project, ['rater'], { name }))
  })
})

type Given = {
  itemId: string
  rater: number
  levels: (number | null)[]
  at?: number
  source?: 'app' | 'import' | 'simulated'
}

async function rate(tx: Database, rubric: AddedRubric, roundId: string, given: readonly Given[]): Promise<string[]> {
  const rows = given.map((one) => ({ ...one, id: newId() }))
  await tx.insert(ratings).values(
    rows.map(({ id, itemId, rater, at = 1_000, source = 'app' }) => ({
      id,
      itemId,
      roundId,
      raterId: raters[rater]?.id ?? '',
      rubricVersionId: rubric.versionId,
      submissionId: id,
      revision: 1,
      source,
      evidence: [],
      submittedAt: at,
    })),
  )
  await tx.insert(scores).values(
    rows.flatMap(({ id, levels }) =>
      levels.map((level, d) => ({
        ratingId: id,
        dimensionId: rubric.dimensions[d]?.id ?? '',
        level,
        cannotJudge: level === null ? 'no source' : null,
      })),
    ),
  )
  return rows.map(({ id }) => id)
}

/** A round over as many items as there are units; unit u is in segment u mod 2 and of system version u mod 2. */
async function madeRound(
  tx: Database,
  rubric: AddedRubric,
  units: number,
  over: { name?: string; createdAt?: number } = {},
) {
  const systems = [await addSystemVersion(tx, project), await addSystemVersion(tx, project)]
  const rated = []
  for (let u = 0; u < units; u++)
    rated.push(
      await addCase(tx, project, systems[u % 2]?.id ?? '', {
        category: u % 2 === 0 ? 'reasoning' : 'refusal',
        userSegment: u % 2 === 0 ? 'expert' : 'casual',
        input: `What about ${u}?`,
      }),
    )
  const round = await addRound(
    tx,
    project,
    rubric.versionId,
    raters.map(({ id }) => id),
    rated,
    { ...over, overlap: 4 },
  )
  return { ...round, systems }
}

const given = (itemIds: readonly string[], units: readonly (number | null)[][]): Given[] =>
  units.flatMap((unit, u) =>
    unit.flatMap((level, rater) =>
      level === null ? [] : [{ itemId: itemIds[u] ?? '', rater, levels: [level], at: 1_000 + u }],
    ),
  )

/** A published example as a round of the project. */
async function published() {
  return store.write(async (tx) => {
    const rubric = await addRubric(tx, project, { keys: ['accuracy'], from: 1, to: 5 })
    const round = await madeRound(tx, rubric, example.units_by_raters.length)
    await rate(tx, rubric, round.id, given(round.itemIds, example.units_by_raters))
    return { rubric, round }
  })
}

const value = (estimated: Estimated | undefined): number | string =>
  estimated?.estimable ? estimated.estimate : (estimated?.reason ?? 'nothing')
const first = async (filter: Partial<AgreementFilter> = {}, scope = lead) =>
  (await agreementIn(store, scope, { ...NO_FILTER, ...filter })).figures?.dimensions[0]

describe('agreement in a project', () => {
  it('is the published ordinal alpha of a published example', async () => {
    await published()
    const found = await first()
    expect(value(found?.alpha)).toBeCloseTo(example.published.ordinal, 3)
    expect(found).toMatchObject({ items: 12, pairableItems: 11, ratings: 41, raters: 4, cannotJudge: 0 })
    expect(found?.perLevel).toEqual([9, 13, 11, 5, 3])
  })

  it('leaves superseded ratings out, and notices each that is made or superseded', async () => {
    const { rubric, round } = await published()
    const before = await first()
    const state = await stateOfRatings(store.read, rubric.versionId)
    const [spoilt] = await store.write((tx) =>
      rate(tx, rubric, round.id, [{ itemId: round.itemIds[11] ?? '', rater: 1, levels: [5] }]),
    )
    const made = await stateOfRatings(store.read, rubric.versionId)
    expect(made).not.toEqual(state)
    expect((await first())?.ratings).toBe(42)
    await store.write(async (tx) => {
      await tx
        .update(ratings)
        .set({ supersededAt: 2_000, supersededBecause: 'undo' })
        .where(eq(ratings.id, spoilt ?? ''))
    })
    expect(await stateOfRatings(store.read, rubric.versionId)).not.toEqual(made)
    expect(await first()).toEqual(before)
  })

  it('counts “cannot judge” as missing, and says how often it was', async () => {
    const { rubric, round } = await published()
    const before = await first()
    await store.write((tx) =>
      rate(tx, rubric, round.id, [{ itemId: round.itemIds[11] ?? '', rater: 1, levels: [null] }]),
    )
    const after = await first()
    expect(after?.cannotJudge).toBe(1)
    expect({ ...after, cannotJudge: 0 }).toEqual(before)
  })

  it('never pools rubric versions: the newest ratings decide, a round brings its own', async () => {
    const old = await published()
    const fresh = await store.write(async (tx) => {
      const rubric = await addRubric(tx, project, { keys: ['accuracy'], from: 0, to: 1 })
      const round = await madeRound(tx, rubric, 2)
      await rate(tx, rubric, round.id, [
        { itemId: round.itemIds[0] ?? '', rater: 0, levels: [0], at: 9_000 },
        { itemId: round.itemIds[0] ?? '', rater: 1, levels: [1], at: 9_000 },
      ])
      return { rubric, round }
    })
    const newest = await agreementIn(store, lead)
    expect(newest.filter?.rubricVersionId).toBe(fresh.rubric.versionId)
    expect(newest.figures).toMatchObject({ ratings: 2, items: 1, raters: 2 })
    expect((await first({ rubricVersionId: old.rubric.versionId }))?.ratings).toBe(41)
    expect((await first({ roundId: old.round.id, rubricVersionId: fresh.rubric.versionId }))?.ratings).toBe(41)
    expect((await agreementIn(store, lead, { ...NO_FILTER, roundId: newId() })).figures).toBeNull()
  })

  it('keeps dimensions with different scales apart', async () => {
    await store.write(async (tx) => {
      const rubric = await addRubric(tx, project, { keys: ['a', 'b'] })
      const round = await madeRound(tx, rubric, 2)
      await rate(tx, rubric, round.id, [
        { itemId: round.itemIds[0] ?? '', rater: 0, levels: [1, 4] },
        { itemId: round.itemIds[0] ?? '', rater: 1, levels: [1, 3] },
        { itemId: round.itemIds[1] ?? '', rater: 0, levels: [4, 4] },
        { itemId: round.itemIds[1] ?? '', rater: 1, levels: [4, null] },
      ])
    })
    const { figures } = await agreementIn(store, lead)
    expect(figures?.dimensions.map(({ dimension, perLevel, raters: n }) => [dimension.key, perLevel, n])).toEqual([
      ['a', [2, 0, 0, 2], 2],
      ['b', [0, 0, 1, 2], 2],
    ])
    expect(value(figures?.dimensions[0]?.alpha)).toBe(1)
    expect(figures?.dimensions[1]).toMatchObject({ items: 2, pairableItems: 1, cannotJudge: 1 })
  })

  it('says why it cannot be estimated', async () => {
    const { round } = await published()
    expect(value((await first({ roundId: round.id, from: 5_000 }))?.alpha)).toMatch(/no item has two or more ratings/)
  })

  it('belongs to those who may see it', async () => {
    const rater = scopeOf(raters[0] as Person, project, ['rater'])
    await expect(agreementIn(store, rater)).rejects.toThrow(/owner or lead or builder/)
    await published()
    const { other, stranger } = await store.write(async (tx) => {
      const elsewhere = await addProject(tx)
      return { other: elsewhere, stranger: scopeOf(await addPerson(tx, elsewhere, ['lead']), elsewhere, ['lead']) }
    })
    const mine = (await agreementIn(store, lead)).filter as Settled
    expect((await agreementIn(store, stranger, mine)).figures).toBeNull()
    await expect(insideIn(store, stranger, mine, newId())).rejects.toThrow(/not here/)
    expect(other.id).not.toBe(project.id)
  })
})

describe('the filter', () => {
  it('takes in dates, segments, system versions and sources, alone and together', async () => {
    const { round } = await published()
    const items = async (filter: Partial<AgreementFilter>) =>
      (await agreementIn(store, lead, { ...NO_FILTER, ...filter })).figures?.items
    expect(await items({ from: 1_003, to: 1_006 })).toBe(3)
    expect(await items({ category: 'reasoning' })).toBe(6)
    expect(await items({ userSegment: 'casual', from: 1_006 })).toBe(3)
    expect(await items({ category: 'reasoning', userSegment: 'casual' })).toBe(0)
    expect(await items({ systemVersionId: round.systems[1]?.id ?? '' })).toBe(6)
    expect(await items({ systemVersionId: round.systems[1]?.id ?? '', category: 'reasoning' })).toBe(0)
    expect(await items({ source: 'simulated' })).toBe(0)
    expect(await items({ source: 'app', roundId: round.id })).toBe(12)
  })

  it('tells simulated and imported ratings from those made in the app', async () => {
    const { rubric, round } = await published()
    await store.write((tx) =>
      rate(tx, rubric, round.id, [
        { itemId: round.itemIds[11] ?? '', rater: 1, levels: [2], source: 'simulated' },
        { itemId: round.itemIds[11] ?? '', rater: 3, levels: [2], source: 'import' },
      ]),
    )
    expect((await agreementIn(store, lead)).figures?.sources).toEqual({ app: 41, import: 1, simulated: 1 })
  })
})

describe('where the disagreement sits', () => {
  it('is split by levels, raters, segments and items, each split adding up to all of it', async () => {
    const { rubric } = await published()
    const filter = (await agreementIn(store, lead)).filter as Settled
    const { breakdown: found } = await insideIn(store, lead, filter, rubric.dimensions[0]?.id ?? '')
    if (!found.estimable) throw new Error(found.reason)
    const sum = (parts: readonly { share: number }[]) => parts.reduce((total, { share }) => total + share, 0)
    expect(sum(found.levelPairs)).toBeCloseTo(1, 12)
    expect(sum(found.raters)).toBeCloseTo(1, 12)
    expect(sum(found.segments)).toBeCloseTo(1, 12)
    expect(found.segments.map(({ category, items }) => [category, items]).sort()).toEqual([
      ['reasoning', 6],
      ['refusal', 6],
    ])
    const apart = example.units_by_raters.filter((unit) => new Set(unit.filter((level) => level !== null)).size > 1)
    expect(found.itemsApart).toBe(apart.length)
    expect(found.pairs).toHaveLength(6)
    const both = example.units_by_raters.filter(([a, b]) => a !== null && b !== null)
    const pair = found.pairs.find((one) => new Set([one.first, one.second, raters[0]?.id, raters[1]?.id]).size === 2)
    expect(pair?.items).toBe(both.length)
    expect(pair?.exact).toBeCloseTo(both.filter(([a, b]) => a === b).length / both.length, 12)
    expect(found.spread.reduce((total, n) => total + n, 0)).toBe(12)
  })

  it('names raters and cases to those who may read ratings, and to nobody else', async () => {
    const { round } = await published()
    const ids = raters.map(({ id }) => id)
    const builder = scopeOf(raters[3] as Person, project, ['builder'])
    const named = await nameRaters(store, lead, ids)
    expect(named[ids[1] ?? '']).toEqual({ name: 'B. Marsh', short: 'Marsh' })
    expect(
      Object.values(await nameRaters(store, builder, ids))
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['Rater 1', 'Rater 2', 'Rater 3', 'Rater 4'])
    const [item] = round.itemIds as [string]
    expect((await nameItems(store, lead, [item]))[item]).toMatchObject({ label: 'What about 0?' })
    expect((await nameItems(store, builder, [item]))[item]).toEqual({
      label: 'Item 1',
      systemVersion: '',
      caseId: null,
    })
  })
})

describe('the ratings behind the figures', () => {
  const everything = { itemId: null, raterId: null, withRaterId: null, levels: null, apart: null, kind: null, page: 1 }

  it('are listed with their levels, and narrowed to an item, a rater, or items whose scores lie apart', async () => {
    const { rubric, round } = await published()
    const filter = (await agreementIn(store, lead)).filter as Settled
    const dimensionId = rubric.dimensions[0]?.id ?? ''
    const all = await listRatings(store, lead, filter, everything)
    expect([all.total, all.ratings.length]).toEqual([41, 41])
    const itemId = round.itemIds[0] ?? ''
    const one = await listRatings(store, lead, filter, { ...everything, itemId })
    expect(one.ratings.map(({ question, levels }) => [question, levels[dimensionId]])).toEqual(
      (example.units_by_raters[0] ?? []).filter((level) => level !== null).map((level) => ['What about 0?', level]),
    )
    const far = example.units_by_raters.filter((unit) => {
      const levels = unit.filter((level) => level !== null)
      return Math.max(...levels) - Math.min(...levels) >= 2
    })
    const apart = await listRatings(store, lead, filter, { ...everything, apart: { dimensionId, levels: 2 } })
    expect(apart.total).toBe(far.flat().filter((level) => level !== null).length)
    expect(apart.total).toBeGreaterThan(0)
  })

  it('are those of two raters on their common items, and of items that were given two levels', async () => {
    const { rubric, round } = await published()
    const filter = (await agreementIn(store, lead)).filter as Settled
    const dimensionId = rubric.dimensions[0]?.id ?? ''
    const [one, other] = [raters[0]?.id ?? '', raters[2]?.id ?? '']
    const common = example.units_by_raters.filter((unit) => unit[0] !== null && unit[2] !== null)
    const pair = await listRatings(store, lead, filter, { ...everything, raterId: one, withRaterId: other })
    expect(pair.total).toBe(2 * common.length)
    expect(new Set(pair.ratings.map(({ raterId }) => raterId))).toEqual(new Set([one, other]))
    const levels = { dimensionId, low: 2, high: 3 }
    const both = await listRatings(store, lead, filter, { ...everything, levels })
    const given = example.units_by_raters.flatMap((unit, u) => (unit.includes(2) && unit.includes(3) ? [u] : []))
    expect(new Set(both.ratings.map(({ itemId }) => itemId))).toEqual(new Set(given.map((u) => round.itemIds[u])))
    expect(given.length).toBeGreaterThan(0)
  })

  it('are not for builders', async () => {
    await published()
    const filter = (await agreementIn(store, lead)).filter as Settled
    const builder = scopeOf(raters[3] as Person, project, ['builder'])
    await expect(listRatings(store, builder, filter, everything)).rejects.toThrow(/lead or owner/)
  })
})

describe('one dimension from within', () => {
  it('has every coefficient as published, or why it does not exist', async () => {
    const { rubric } = await published()
    const filter = (await agreementIn(store, lead)).filter as Settled
    const { coefficients: found } = await insideIn(store, lead, filter, rubric.dimensions[0]?.id ?? '')
    expect(value(found.coefficients.alpha)).toBeCloseTo(example.published.ordinal, 3)
    expect(value(found.nominalAlpha)).toBeCloseTo(0.743, 3)
    expect(value(found.intervalAlpha)).toBeCloseTo(0.849, 3)
    expect(value(found.coefficients.ac1)).toBeCloseTo(0.77544, 5)
    expect(value(found.ratersRandom.ac1)).toBe(value(found.coefficients.ac1))
    expect(found.coefficients.cohenKappa).toMatchObject({ reason: 'needs exactly two raters; there are 4' })
    // twelve items are too few to tell
    expect(found.ceiling).toBe(null)
  })

  it('narrows to the items of a rater, and leaves a rater out; builders cannot', async () => {
    await published()
    const [first, third] = [raters[0]?.id ?? '', raters[2]?.id ?? '']
    const rated = example.units_by_raters.filter((unit) => unit[0] !== null)
    const shared = (await agreementIn(store, lead, { ...NO_FILTER, sharedWith: first })).figures
    expect(shared?.items).toBe(rated.length)
    expect(shared?.ratings).toBe(rated.flat().filter((level) => level !== null).length)
    const without = (await agreementIn(store, lead, { ...NO_FILTER, without: third })).figures
    expect([without?.raters, without?.ratings]).toEqual([
      3,
      example.units_by_raters.flatMap((unit) => unit.filter((level, r) => level !== null && r !== 2)).length,
    ])
    const builder = scopeOf(raters[3] as Person, project, ['builder'])
    await expect(agreementIn(store, builder, { ...NO_FILTER, without: third })).rejects.toThrow(/lead or owner/)
    expect((await agreementIn(store, builder)).choices.raters).toEqual([])
    expect((await agreementIn(store, lead)).choices.raters.map(({ name }) => name)).toEqual([
      'Ada Okafor',
      'Beth Marsh',
      'Kofi Osei',
      'Petra Novak',
    ])
  })

  it('is compared with another dimension on the same responses, and only on the same', async () => {
    const made = await store.write(async (tx) => {
      const rubric = await addRubric(tx, project, { keys: ['accuracy', 'tone'] })
      const round = await madeRound(tx, rubric, 24, { name: 'First' })
      const level = (u: number, r: number) => 1 + ((u + (u % 5 === r ? 1 : 0)) % 4)
      const noise = (u: number, r: number) => 1 + ((u * 7 + r * 5 + u * r) % 4)
      const rows = round.itemIds.flatMap((itemId, u) =>
        [0, 1, 2].map((rater) => ({ itemId, rater, levels: [level(u, rater), noise(u, rater)] })),
      )
      await rate(tx, rubric, round.id, rows)
      return { rubric, round }
    })
    const filter = (await agreementIn(store, lead)).filter as Settled
    const [accuracy, tone] = made.rubric.dimensions.map(({ id }) => id) as [string, string]
    const found = await comparisonIn(store, lead, {
      first: { filter, dimensionId: accuracy },
      second: { filter, dimensionId: tone },
    })
    if (!found.estimable || !found.alpha.estimable) throw new Error('no comparison')
    const alone = (await agreementIn(store, lead)).figures?.dimensions
    expect(found.items).toBe(24)
    expect(found.alpha.first).toBeCloseTo(value(alone?.[0]?.alpha) as number, 10)
    expect(found.alpha.second).toBeCloseTo(value(alone?.[1]?.alpha) as number, 10)
    expect(found.alpha.p).toBeLessThan(0.05)
    const system = { ...filter, systemVersionId: made.round.systems[0]?.id ?? '' }
    const apart = { ...filter, systemVersionId: made.round.systems[1]?.id ?? '' }
    expect(
      await comparisonIn(store, lead, {
        first: { filter: system, dimensionId: accuracy },
        second: { filter: apart, dimensionId: accuracy },
      }),
    ).toMatchObject({ estimable: false, reason: 'no item has two or more ratings on both sides' })
    const stranger = { ...filter, rubricVersionId: newId() }
    await expect(
      comparisonIn(store, lead, {
        first: { filter, dimensionId: accuracy },
        second: { filter: stranger, dimensionId: accuracy },
      }),
    ).rejects.toThrow(/not here/)
  })
})

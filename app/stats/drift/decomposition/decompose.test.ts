import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../random.ts'
import { biweightLocation, weightedMedian } from './biweight.ts'
import { type Decomposition, decompose } from './decompose.ts'
import { CAUSES, type TwoPeriods } from './two-periods.ts'

interface Row {
  item: number
  rater: number
  segment: number
  version: number
  period: number
  live: number
  score: number
}

const twoPeriods = (rows: readonly Row[]): TwoPeriods => {
  const count = (of: (row: Row) => number) => rows.reduce((most, row) => Math.max(most, of(row) + 1), 0)
  return {
    itemCount: count((row) => row.item),
    raterCount: count((row) => row.rater),
    segmentCount: count((row) => row.segment),
    versionCount: count((row) => row.version),
    item: Uint32Array.from(rows, (row) => row.item),
    rater: Uint32Array.from(rows, (row) => row.rater),
    segment: Uint32Array.from(rows, (row) => row.segment),
    version: Uint32Array.from(rows, (row) => row.version),
    period: Uint8Array.from(rows, (row) => row.period),
    live: Uint8Array.from(rows, (row) => row.live),
    score: Float64Array.from(rows, (row) => row.score),
  }
}

const found = (rows: readonly Row[], draws = 20): Decomposition => {
  const result = decompose(twoPeriods(rows), { draws })
  if (!result.estimable) throw new Error(result.reason)
  return result
}
const parts = (decomposition: Decomposition) =>
  Object.fromEntries(decomposition.parts.map((part) => [part.causes.join('+'), part.estimate]))
const sum = (decomposition: Decomposition) => decomposition.parts.reduce((total, part) => total + part.estimate, 0)

/** Scores without noise: quality of the item + reading of the rater + panel + version, so that every part is known. */
interface Made {
  readonly mix?: boolean
  readonly pool?: boolean
  readonly individual?: number
  readonly panel?: number
  readonly version?: number
  readonly model?: number
  readonly anchors?: number
  readonly bridges?: number
}
function made({
  mix,
  pool,
  individual = 0,
  panel = 0,
  version = 0,
  model = 0,
  anchors = 12,
  bridges = 6,
}: Made): Row[] {
  const random = seededRandom(4)
  const reading = [0.3, -0.2, 0.1, -0.2, 0.4, 0, -0.1, 0.2]
  const rows: Row[] = []
  let item = 0
  const versionAfter = version === 0 ? 0 : 1
  const rate = (quality: number, segment: number, period: number, rater: number, under: number, live: number) => {
    const moved = period === 1 ? panel + (rater === 3 ? individual : 0) : 0
    const score = quality + (reading[rater] as number) + moved + under * version
    rows.push({ item, rater, segment, version: under, period, live, score })
  }
  for (const period of [0, 1]) {
    const raters = period === 1 && pool ? [2, 3, 4, 5, 6, 7] : [0, 1, 2, 3, 4, 5]
    const firstSegment = period === 1 && mix ? 30 : 60
    for (let i = 0; i < 120; i++) {
      const segment = i < firstSegment ? 0 : 1
      const quality = 2 + segment + (period === 1 ? model : 0) + ((i * 7) % 11) / 11
      for (const shift of [0, 1, 3])
        rate(quality, segment, period, raters[(i + shift) % 6] as number, period * versionAfter, 1)
      item++
    }
  }
  for (let a = 0; a < anchors; a++) {
    const quality = 1 + 3 * random.uniform()
    for (const period of [0, 1])
      for (const rater of [2, 3, 4, 5]) rate(quality, a % 2, period, rater, period * versionAfter, 0)
    item++
  }
  for (let b = 0; b < (version === 0 ? 0 : bridges); b++) {
    const quality = 1 + 3 * random.uniform()
    for (const under of [0, 1]) for (const rater of [2, 4]) rate(quality, b % 2, 1, rater, under, 0)
    item++
  }
  return rows
}

describe('decompose', () => {
  it.each<[string, Made, Record<string, number>]>([
    ['nothing', {}, {}],
    ['the model', { model: 0.4 }, { model: 0.4 }],
    ['the panel', { panel: -0.25 }, { panel: -0.25 }],
    ['the version', { version: -0.3 }, { version: -0.3 }],
    ['one rater', { individual: -0.9 }, { individual: -0.15 }],
    // 60 and 60 items of quality 2 + and 3 +, then 30 and 90
    [
      'everything but the mix',
      { pool: true, panel: 0.2, version: -0.3, model: 0.1, individual: 0.6 },
      { panel: 0.2, version: -0.3, model: 0.1, individual: 0.1 },
    ],
  ])('finds %s', (_name, change, expected) => {
    const result = parts(found(made(change)))
    for (const [cause, value] of Object.entries({ individual: 0, panel: 0, version: 0, model: 0, ...expected }))
      expect(result[cause]).toBeCloseTo(value, 9)
  })

  it('takes a change of the mix for nothing else', () => {
    const { mix, model, panel, pool } = parts(found(made({ mix: true })))
    expect(mix).toBeCloseTo(0.25, 1)
    expect([panel, pool]).toEqual([expect.closeTo(0, 9), expect.closeTo(0, 9)])
    expect(Math.abs(model as number)).toBeLessThan(0.02)
  })

  it('takes a change of raters for nothing else', () => {
    const { pool, ...rest } = parts(found(made({ pool: true })))
    // readings of 2, 3, 4, 5, 6, 7 against 0, 1, 2, 3, 4, 5
    expect(pool).toBeCloseTo((0.1 - 0.1) / 6, 9)
    for (const value of Object.values(rest)) expect(value).toBeCloseTo(0, 9)
  })

  const row = fc.record({
    item: fc.integer({ min: 0, max: 11 }),
    rater: fc.integer({ min: 0, max: 4 }),
    segment: fc.integer({ min: 0, max: 2 }),
    version: fc.integer({ min: 0, max: 2 }),
    period: fc.integer({ min: 0, max: 1 }),
    live: fc.integer({ min: 0, max: 1 }),
    score: fc.integer({ min: 1, max: 4 }),
  })
  const anyRows = fc
    .array(row, { minLength: 4, maxLength: 60 })
    .filter((rows) => [0, 1].every((period) => rows.some((r) => r.live === 1 && r.period === period)))

  it('always adds up to the change, names every cause once, and has no part without a number', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const result = found(rows, 3)
        expect(Math.abs(sum(result) - result.change)).toBeLessThan(1e-9)
        expect(result.parts.flatMap((part) => part.causes).sort()).toEqual([...CAUSES].sort())
        for (const { estimate, se, causes, reasons } of result.parts) {
          expect(Number.isFinite(estimate) && Number.isFinite(se)).toBe(true)
          expect(reasons.length > 0).toBe(causes.length > 1)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('does not depend on the names of items, raters and segments, nor on the order of ratings', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const renamed = rows
          .map((r) => ({ ...r, item: 11 - r.item, rater: (r.rater + 2) % 5, segment: 2 - r.segment }))
          .reverse()
        const [before, after] = [found(rows, 0), found(renamed, 0)]
        expect(after.parts.map((part) => part.causes)).toEqual(before.parts.map((part) => part.causes))
        after.parts.forEach((part, p) => {
          expect(part.estimate).toBeCloseTo(before.parts[p]?.estimate ?? Number.NaN, 7)
        })
      }),
      { numRuns: 200 },
    )
  })

  it('names what anchors, bridges, returning raters and shared segments are needed for', () => {
    const merged = (rows: readonly Row[]) =>
      found(rows, 2)
        .parts.filter((part) => part.causes.length > 1)
        .map(({ causes, reasons }) => [causes.join('+'), reasons.map((reason) => reason.kind).join()])
    expect(merged(made({ model: 1 }))).toEqual([])
    expect(merged(made({ model: 1, anchors: 0 }))).toEqual([['panel+model', 'no-anchors']])
    expect(merged(made({ version: 1, bridges: 0 }))).toEqual([['panel+version', 'no-bridge']])
    expect(merged(made({ version: 1, bridges: 0, anchors: 0 }))).toEqual([
      ['panel+version+model', 'no-anchors,no-bridge'],
    ])
    const strangers = made({}).map((r) => (r.period === 1 ? { ...r, rater: r.rater + 10 } : r))
    expect(merged(strangers)).toEqual([['pool+individual+panel', 'few-returning-raters']])
    const moved = made({}).map((r) => (r.period === 1 && r.live === 1 && r.segment === 1 ? { ...r, segment: 2 } : r))
    expect(merged(moved)).toEqual([['mix+model', 'segments-in-one-period']])
    const alone = [
      ...made({}),
      { item: 900, rater: 20, segment: 0, version: 0, period: 0, live: 1, score: 1 },
      { item: 901, rater: 20, segment: 0, version: 0, period: 1, live: 1, score: 4 },
    ]
    expect(merged(alone)[0]?.[1]).toBe('unlinked-raters')
  })

  it('says why a period without live ratings has no change', () => {
    const anchorsOnly = made({}).map((r) => ({ ...r, live: r.period === 0 ? r.live : 0 }))
    expect(decompose(twoPeriods(anchorsOnly))).toEqual({
      estimable: false,
      reason: 'the period after has no live ratings, so it has no mean',
    })
  })
})

describe('biweightLocation', () => {
  it('is the mean of close values and takes no notice of far ones', () => {
    expect(biweightLocation([0.1, -0.1, 0], [1, 1, 1], 10)).toBeCloseTo(0, 9)
    expect(biweightLocation([0.1, -0.1, 0, 0.05, -0.05, 40], [1, 1, 1, 1, 1, 1], 0.1)).toBeCloseTo(0, 1)
  })

  it('moves with its values and has a weighted median to start from', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 1, maxLength: 9 }),
        fc.integer({ min: -5, max: 5 }),
        (values, shift) => {
          const weights = values.map((_, i) => 1 + (i % 3))
          const moved = values.map((value) => value + shift)
          expect(biweightLocation(moved, weights, 0.5)).toBeCloseTo(biweightLocation(values, weights, 0.5) + shift, 9)
        },
      ),
    )
    expect(weightedMedian([3, 1, 2], [1, 1, 1])).toBe(2)
    expect(weightedMedian([1, 2], [1, 1])).toBe(1.5)
    expect(weightedMedian([1, 2], [1, 3])).toBe(2)
  })
})

describe('a version that no item links to another', () => {
  it('is never told apart, whatever the overlap', () => {
    for (let overlap = 2; overlap <= 9; overlap++) {
      const rows = Array.from({ length: 40 * overlap }, (_, e) => {
        const item = Math.floor(e / overlap)
        const period = item < 20 ? 0 : 1
        return { item, rater: (item + (e % overlap)) % 10, period, score: 1 + ((7 * item + 3 * e) % 4) }
      })
      const column = (of: (row: (typeof rows)[number]) => number) => Uint32Array.from(rows, of)
      const found = decompose(
        {
          itemCount: 40,
          raterCount: 10,
          segmentCount: 1,
          versionCount: 2,
          item: column(({ item }) => item),
          rater: column(({ rater }) => rater),
          segment: new Uint32Array(rows.length),
          version: column(({ period }) => period),
          period: Uint8Array.from(rows, ({ period }) => period),
          live: new Uint8Array(rows.length).fill(1),
          score: Float64Array.from(rows, ({ score }) => score),
        },
        { draws: 2 },
      )
      const parts = found.estimable ? found.parts : []
      expect(parts.find(({ causes }) => causes.includes('version'))?.causes, `overlap ${overlap}`).toEqual([
        'panel',
        'version',
        'model',
      ])
    }
  })
})

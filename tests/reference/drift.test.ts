import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { cusum } from '#app/stats/drift/cusum.ts'
import { equipercentile, linearEquating, meanEquating } from '#app/stats/drift/equating.ts'
import { ewma } from '#app/stats/drift/ewma.ts'
import { bowker, stuartMaxwell } from '#app/stats/drift/homogeneity.ts'
import { jensenShannon, stabilityIndex } from '#app/stats/drift/mix.ts'
import { pageHinkley } from '#app/stats/drift/page-hinkley.ts'
import { segmented } from '#app/stats/drift/pelt.ts'
import { cusumRunLength, ewmaRunLength, siegmundRunLength } from '#app/stats/drift/run-length.ts'
import { reference } from './drift-reference.ts'

const close = (actual: ArrayLike<number>, expected: readonly number[], tolerance = 1e-9) => {
  expect(actual.length).toBe(expected.length)
  expected.forEach((value, i) => {
    expect(Math.abs((actual[i] as number) - value)).toBeLessThan(tolerance)
  })
}

describe('control charts', () => {
  it.each(reference.cusum)('CUSUM of $id', ({ x, mu, K, H, computed }) => {
    const { upper, lower, alarms } = cusum(x, { target: mu, slack: K, limit: H })
    close(upper, computed.C_plus)
    close(lower, computed.C_minus)
    expect(alarms).toEqual(computed.alarms)
  })

  it('EWMA of MONT-30, with widening and with asymptotic limits', () => {
    const [{ x, mu, sigma, lambda, L, computed }] = reference.ewma
    const settings = { target: mu, sigma, lambda, width: L }
    const { average, upperLimit, alarms } = ewma(x, settings)
    close(average, computed.z)
    close([upperLimit[0] as number, upperLimit.at(-1) as number], Object.values(computed.upper_limit_at))
    expect(alarms).toEqual(computed.alarms)
    const asymptotic = ewma(x, { ...settings, limits: 'asymptotic' })
    close(
      asymptotic.upperLimit,
      x.map(() => computed.upper_limit_asymptotic),
    )
  })

  it('Page-Hinkley of MONT-30', () => {
    const { x, delta, computed } = reference.page_hinkley
    const { up, down } = pageHinkley(x, delta)
    close(
      up,
      computed.up_down.map(([rise]) => rise as number),
    )
    close(
      down,
      computed.up_down.map(([, fall]) => fall as number),
    )
  })
})

const CHARTS: Record<string, (shift: number) => number> = {
  'cusum_k0.5_h4': (shift) => cusumRunLength(0.5, 4, shift),
  'cusum_k0.5_h5': (shift) => cusumRunLength(0.5, 5, shift),
  'cusum_k0.5_h4.77': (shift) => cusumRunLength(0.5, 4.77, shift),
  'ewma_lambda0.2_L2.962': (shift) => ewmaRunLength(0.2, 2.962, shift),
  'ewma_lambda0.2_L2.962_exact_limits': (shift) => ewmaRunLength(0.2, 2.962, shift, 'widening'),
  'ewma_lambda0.1_L2.814': (shift) => ewmaRunLength(0.1, 2.814, shift),
  'siegmund_k0.5_h5': (shift) => siegmundRunLength(0.5, 5, shift),
}

describe('average run length', () => {
  it.each(Object.entries(reference.arl.computed))('%s', (name, expected) => {
    for (const [shift, value] of Object.entries(expected)) {
      const found = CHARTS[name]?.(Number(shift)) ?? Number.NaN
      expect(Math.abs(found / value - 1)).toBeLessThan(1e-6)
    }
  })
})

describe('distributions over segments and levels', () => {
  it.each(reference.psi_js)('PSI and Jensen-Shannon of $id', ({ p, q, computed }) => {
    const divergence = jensenShannon(p, q)
    close(
      [stabilityIndex(p, q), divergence, Math.sqrt(divergence)],
      [computed.psi, computed.js_bits, computed.js_distance],
    )
  })

  it('Stuart-Maxwell and Bowker of VISION', () => {
    const [{ table, computed }] = reference.stuart_maxwell
    const expected = ({ chi2, df, p }: { chi2: number; df: number; p: number }) => ({
      chiSquare: expect.closeTo(chi2, 9),
      df,
      p: expect.closeTo(p, 9),
    })
    expect(stuartMaxwell(table)).toMatchObject(expected(computed.stuart_maxwell))
    expect(bowker(table)).toMatchObject(expected(computed.bowker_symmetry))
  })
})

describe('changes of mean', () => {
  it.each(reference.pelt_l2)('PELT of $id', ({ x, penalty, computed }) => {
    const { changePoints, means, cost } = segmented(x, penalty)
    expect(changePoints).toEqual(computed.changepoints)
    close([...means, cost], [...computed.segment_means, computed.cost])
  })
})

describe('equating', () => {
  it.each(reference.equating.examples)('$id', ({ scores, old_counts, new_counts, computed, ...example }) => {
    const counts = { levels: scores, old: old_counts, new: new_counts }
    const found = equipercentile(counts)
    close(
      found.flatMap(({ level, percentileRank, upper, lower, equivalent }) => [
        level,
        percentileRank,
        upper,
        lower,
        equivalent,
      ]),
      computed.equipercentile.flatMap((e) => [e.x, e.percentile_rank, e.upper, e.lower, e.equivalent]),
    )
    const linear = linearEquating(counts)
    close(
      [linear.slope, linear.intercept, ...linear.equivalents],
      [computed.linear.slope, computed.linear.intercept, ...computed.linear.equivalents],
    )
    const mean = meanEquating(counts)
    close([mean.intercept, ...mean.equivalents], [computed.mean.shift, ...computed.mean.equivalents])
    if (example.published_equipercentile !== undefined)
      close(
        found.map(({ equivalent }) => equivalent),
        example.published_equipercentile,
        5e-5,
      )
  })
})

describe('the digits that books and packages print', () => {
  const printed = z
    .object({
      cusum: z.array(z.object({ published: z.record(z.string(), z.array(z.number())).optional() })),
      arl: z.object({ published: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.number())])) }),
      stuart_maxwell: z.array(z.object({ published: z.object({ chi2: z.number(), df: z.number(), p: z.number() }) })),
    })
    .parse(JSON.parse(readFileSync(new URL('./drift.json', import.meta.url), 'utf8')))
  const shows = (value: number, digits: number) => {
    const places = (String(digits).split('.')[1] ?? '').length
    expect(Math.abs(value - digits)).toBeLessThanOrEqual(0.5000001 * 10 ** -places)
  }

  it('CUSUM of Montgomery & Runger, Stuart-Maxwell of VISION', () => {
    const [{ x, mu, K, H }] = reference.cusum as [(typeof reference.cusum)[number]]
    const { upper, lower } = cusum(x, { target: mu, slack: K, limit: H })
    close(upper, printed.cusum[0]?.published?.C_plus ?? [])
    close(lower, printed.cusum[0]?.published?.C_minus ?? [])
    const found = stuartMaxwell(reference.stuart_maxwell[0].table)
    if (!found.estimable) throw new Error(found.reason)
    shows(found.chiSquare, printed.stuart_maxwell[0]?.published.chi2 as number)
    shows(found.p, printed.stuart_maxwell[0]?.published.p as number)
  })

  it('average run lengths of the tabular CUSUM', () => {
    for (const [name, lengths] of Object.entries(printed.arl.published))
      if (typeof lengths !== 'string')
        for (const [shift, digits] of Object.entries(lengths)) {
          const value = CHARTS[name]?.(Number(shift)) ?? Number.NaN
          // three figures in the book
          expect(Math.abs(value / digits - 1)).toBeLessThan(0.005)
        }
  })
})

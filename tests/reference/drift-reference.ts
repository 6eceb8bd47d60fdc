import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** The worked examples of drift.json as typed values; all closed forms by two independent programs, some printed by a book. */

const numbers = z.array(z.number())
const table = z.array(numbers)
const chiSquare = z.object({ chi2: z.number(), df: z.number(), p: z.number() })
const line = z.object({ slope: z.number(), intercept: z.number(), equivalents: numbers })
const tost = z.object({
  difference: z.number(),
  se: z.number(),
  df: z.number(),
  t_lower: z.number(),
  p_lower: z.number(),
  t_upper: z.number(),
  p_upper: z.number(),
  p: z.number(),
  ci90: z.tuple([z.number(), z.number()]),
  ci95: z.tuple([z.number(), z.number()]),
  p_difference: z.number(),
  equivalent: z.boolean(),
})
const point = z.object({
  p: z.number(),
  p_pass: z.number(),
  p_fail: z.number(),
  expected_n: z.number(),
  median_n: z.number(),
  n_95: z.number(),
})

const schema = z.object({
  cusum: z.array(
    z.object({
      id: z.string(),
      x: numbers,
      mu: z.number(),
      K: z.number(),
      H: z.number(),
      computed: z.object({ C_plus: numbers, C_minus: numbers, alarms: numbers }),
    }),
  ),
  ewma: z.tuple([
    z.object({
      x: numbers,
      mu: z.number(),
      sigma: z.number(),
      lambda: z.number(),
      L: z.number(),
      computed: z.object({
        z: numbers,
        upper_limit_at: z.object({ first: z.number(), last: z.number() }),
        upper_limit_asymptotic: z.number(),
        alarms: numbers,
      }),
    }),
  ]),
  arl: z.object({ computed: z.record(z.string(), z.record(z.string(), z.number())) }),
  psi_js: z.array(
    z.object({
      id: z.string(),
      p: numbers,
      q: numbers,
      computed: z.object({ psi: z.number(), js_bits: z.number(), js_distance: z.number() }),
    }),
  ),
  pelt_l2: z.array(
    z.object({
      id: z.string(),
      x: numbers,
      penalty: z.number(),
      computed: z.object({ changepoints: numbers, segment_means: numbers, cost: z.number() }),
    }),
  ),
  page_hinkley: z.object({ x: numbers, delta: z.number(), computed: z.object({ up_down: table }) }),
  stuart_maxwell: z.tuple([
    z.object({ table, computed: z.object({ stuart_maxwell: chiSquare, bowker_symmetry: chiSquare }) }),
  ]),
  equating: z.object({
    examples: z.array(
      z.object({
        id: z.string(),
        scores: numbers,
        old_counts: numbers,
        new_counts: numbers,
        published_equipercentile: numbers.optional(),
        computed: z.object({
          equipercentile: z.array(
            z.object({
              x: z.number(),
              percentile_rank: z.number(),
              upper: z.number(),
              lower: z.number(),
              equivalent: z.number(),
            }),
          ),
          linear: line,
          mean: z.object({ shift: z.number(), equivalents: numbers }),
        }),
      }),
    ),
  }),
  tost: z.object({
    examples: z.array(
      z.object({
        id: z.string(),
        a: numbers,
        b: numbers,
        margin: z.number(),
        alpha: z.number(),
        computed: z.object({ equal_variances: tost, welch: tost }),
      }),
    ),
  }),
  multiplicity: z.array(
    z.object({
      id: z.string(),
      p: numbers,
      computed: z.object({
        holm: numbers,
        benjamini_hochberg: numbers,
        benjamini_yekutieli: numbers,
        bonferroni: numbers,
        'rejected_at_.05': z.record(z.string(), z.number()).optional(),
      }),
    }),
  ),
  sprt: z.tuple([
    z.object({
      p0: z.number(),
      p1: z.number(),
      alpha: z.number(),
      beta: z.number(),
      computed: z.object({
        upper: z.number(),
        lower: z.number(),
        step_success: z.number(),
        step_failure: z.number(),
        sequences: z.array(
          z.object({
            outcomes: numbers,
            log_likelihood_ratio: numbers,
            decision: z.enum(['pass', 'fail', 'continue']),
            decided_after: z.number().nullable(),
          }),
        ),
        wald_approximation: z.object({ expected_n_p0: z.number(), expected_n_p1: z.number() }),
        exact: z.object({ p0: point, p1: point, middle: point }),
      }),
    }),
  ]),
})

export const reference = schema.parse(JSON.parse(readFileSync(new URL('./drift.json', import.meta.url), 'utf8')))

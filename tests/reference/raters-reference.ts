import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type NamedScores, scoresFrom } from '#app/stats/calibration/scores.ts'

/**
 * The worked examples of raters.json as typed values. `mfrm`: fits of 135 real essays, checked against TAM and against two
 * programs written from the formulas (the essays' scores are not in this repository). `synthetic`: made for these tests and
 * fitted by an independent program. `dawid_skene`: Dawid & Skene 1979.
 */

const measures = z.record(z.string(), z.number())
const fit = { infit: z.number(), infit_z: z.number(), outfit: z.number(), outfit_z: z.number() }
const placed = z.object({ measure: z.number(), se: z.number() })
const steps = z.union([z.array(z.number()), z.record(z.string(), z.array(z.number()))])
const joint = z.object({
  raters: z.record(z.string(), placed.extend({ n: z.number(), ...fit, points: z.number() })),
  items: z.record(z.string(), placed.extend({ n: z.number(), ...fit })),
  steps,
  loglik: z.number(),
  extreme_person_measures: measures,
  person_measures: measures,
  fair_scores: measures,
  raw_means: measures,
  rater_separation: z.object({
    sd: z.number(),
    rmse: z.number(),
    separation: z.number(),
    reliability: z.number(),
    strata: z.number(),
    chisq_fixed: z.number(),
    df: z.number(),
  }),
})
const marginal = z.object({
  deviance: z.number(),
  variance: z.number(),
  raters: z.record(z.string(), placed),
  items: z.record(z.string(), placed),
  steps,
  eap: measures,
})
const fits = z.object({ jml: joint, mml: marginal })
const row = z.tuple([z.string(), z.string(), z.string(), z.number()])

const schema = z.object({
  mfrm: z.object({ levels: z.array(z.number()), 'rating-scale': fits, 'partial-credit': fits }),
  synthetic: z.object({
    levels: z.array(z.number()),
    rows: z.array(row),
    marginal: z.object({
      deviance: z.number(),
      sd: z.number(),
      raters: z.record(
        z.string(),
        z.object({
          n: z.number(),
          logit: z.number(),
          se: z.number(),
          robustSe: z.number(),
          points: z.number(),
          infit: z.number(),
          infitZ: z.number(),
          outfit: z.number(),
          outfitZ: z.number(),
        }),
      ),
      dimensions: z.record(z.string(), z.object({ difficulty: z.number() })),
      items: z.record(z.string(), z.object({ fair: z.number(), se: z.number(), measure: z.number() })),
    }),
    joint: z.object({
      logLikelihood: z.number(),
      extremes: z.array(z.string()),
      raters: z.record(z.string(), z.object({ logit: z.number() })),
    }),
  }),
  dawid_skene: z.object({
    ratings: z.array(z.array(z.array(z.number()))),
    computed: z.object({
      loglik: z.number(),
      marginals: z.array(z.number()),
      error_rates: z.array(z.array(z.array(z.number()))),
      posteriors: z.array(z.array(z.number())),
    }),
    published_2dp: z.object({ marginals: z.array(z.number()), observer1: z.array(z.array(z.number())) }),
  }),
  dawid_skene_step: z.object({
    labels: z.array(z.tuple([z.string(), z.string(), z.string()])),
    columns: z.array(z.string()),
    computed_iter0: z.array(z.array(z.number())),
    computed_iter1: z.array(z.array(z.number())),
    computed_priors_iter0: z.array(z.number()),
    computed_priors_iter1: z.array(z.number()),
  }),
})

export const reference = schema.parse(JSON.parse(readFileSync(new URL('./raters.json', import.meta.url), 'utf8')))

export type JointReference = z.infer<typeof joint>
export type MarginalReference = z.infer<typeof marginal>

/** Rows of item, rater, dimension, score as scores on the same levels for all dimensions. */
export function scoresOfRows(rows: readonly z.infer<typeof row>[], levels: readonly number[]): NamedScores {
  return scoresFrom(
    rows.map(([item, rater, dimension, score]) => ({ item, rater, dimension, score })),
    () => levels,
  )
}

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type NamedRatings, ratingsFrom } from '#app/stats/agreement/ratings.ts'

/**
 * The worked examples of agreement.json as typed values. `published` numbers were printed by a paper or a package, `computed`
 * ones come from the formulas by two independent programs.
 */

const grid = z.array(z.array(z.number().nullable()))
const numbers = z.record(z.string(), z.number())
const gwet = z.object({
  pa: z.number(),
  pe: z.number(),
  coef: z.number(),
  se: z.number(),
  ci: z.tuple([z.number(), z.number()]).optional(),
  n: z.number().optional(),
  p_two_sided: z.number().optional(),
})
const kappa = z.object({
  kappa: z.number(),
  po: z.number(),
  pe: z.number(),
  se: z.number(),
  se0: z.number(),
  n: z.number(),
})
const icc = z.object({
  value: z.number(),
  F: z.number(),
  df1: z.number().optional(),
  df2: z.number().optional(),
  df_v: z.number().optional(),
  p: z.number(),
  p_df_v: z.number().optional(),
  ci: z.tuple([z.number(), z.number()]),
})
const concordance = z.object({ W: z.number(), chisq: z.number(), df: z.number(), p: z.number() })
const correlations = z.array(z.array(z.number().nullable()))

const schema = z.object({
  krippendorff: z.array(
    z.object({
      id: z.string(),
      published: z.record(z.string(), z.unknown()),
      units_by_raters: z.array(z.array(z.union([z.number(), z.string()]).nullable())),
      computed: z.object({
        n_pairable: z.number(),
        values: z.array(z.union([z.number(), z.string()])),
        n_c: z.array(z.number()),
        coincidence: z.array(z.array(z.number())),
        alpha: numbers,
        cluster_bootstrap_ordinal: z
          .object({ percentile_95: z.tuple([z.number(), z.number()]), se: z.number(), tolerance: z.number() })
          .optional(),
      }),
    }),
  ),
  gwet_cac: z.array(
    z.object({
      id: z.string(),
      levels: z.array(z.number()),
      units_by_raters: grid,
      r_irrCAC_1_0_weighted: z.record(z.string(), z.record(z.string(), z.array(z.number()))).optional(),
      published_R_irrCAC_1_4_unweighted: z.record(z.string(), z.tuple([z.number(), z.number()])).optional(),
      computed: z.record(z.string(), z.record(z.string(), gwet)),
    }),
  ),
  weights: z.tuple([
    z.object({ levels: z.array(z.number()), computed: z.record(z.string(), z.array(z.array(z.number()))) }),
  ]),
  cohen_kappa: z.array(
    z.object({
      id: z.string(),
      table: z.array(z.array(z.number())),
      disagreement_weights: z.array(z.array(z.number())).optional(),
      published: z.record(z.string(), z.union([z.number(), z.array(z.number())])),
      computed: z.record(z.string(), kappa),
      computed_unit_level: z.record(z.string(), gwet).optional(),
    }),
  ),
  fleiss: z.array(
    z.object({
      id: z.string(),
      published: z.record(z.string(), z.union([z.number(), z.array(z.number())])),
      units_by_raters: grid.optional(),
      counts: z.array(z.array(z.number())).optional(),
      computed: z.object({
        fleiss: z.object({
          kappa: z.number(),
          Pbar: z.number(),
          Pe: z.number(),
          se: z.number(),
          z: z.number(),
          kappa_j: z.array(z.number()),
          se_j: z.number(),
        }),
        conger: z.object({ pa: z.number(), pe: z.number(), coef: z.number() }).optional(),
        light: z.number().optional(),
        krippendorff_nominal: z.number().optional(),
        krippendorff_weighted: gwet.optional(),
        brennan_prediger: gwet,
        gwet_ac: gwet,
        fleiss_unit_se: z.number(),
      }),
    }),
  ),
  percent_agreement: z.array(
    z.object({
      id: z.string(),
      computed: z.object({
        pairwise_exact: z.number(),
        pairwise_adjacent: z.number(),
        all_raters_equal: z.number(),
        all_raters_within_1: z.number(),
        units: z.number(),
      }),
    }),
  ),
  icc: z.array(
    z.object({
      id: z.string(),
      ratings: z.array(z.array(z.number())),
      published: z.record(z.string(), z.unknown()),
      computed: z.object({
        'ICC(1,1)': icc,
        'ICC(2,1)': icc,
        'ICC(3,1)': icc,
        'ICC(1,k)': icc,
        'ICC(2,k)': icc,
        'ICC(3,k)': icc,
        anova: z.object({
          MSR: z.number(),
          MSC: z.number(),
          MSE: z.number(),
          MSW: z.number(),
          n: z.number(),
          k: z.number(),
        }),
      }),
    }),
  ),
  kendall_w: z.array(
    z.object({
      id: z.string(),
      ratings: z.array(z.array(z.number())),
      ties_corrected: concordance,
      uncorrected: concordance,
    }),
  ),
  spearman: z.tuple([
    z.object({
      x: z.array(z.number()),
      y: z.array(z.number()),
      published_fraction: z.tuple([z.number(), z.number()]),
      computed: z.object({ spearman: z.number(), kendall_tau_b: z.number() }),
    }),
    z.object({
      computed: z.object({
        spearman: correlations,
        kendall_tau_b: correlations,
        mean_spearman_of_estimable: z.number(),
        mean_tau_b_of_estimable: z.number(),
      }),
    }),
  ]),
})

export const reference = schema.parse(JSON.parse(readFileSync(new URL('./agreement.json', import.meta.url), 'utf8')))

/** The entry of a family with this id. */
export function entry<T extends { readonly id: string }>(family: readonly T[], id: string): T {
  const found = family.find((example) => example.id === id)
  if (found === undefined) throw new Error(`agreement.json has no example ${id}`)
  return found
}

/** A grid of units x raters as ratings, under the names 0, 1, 2, ... */
export function ratingsOfGrid(units: readonly (readonly (number | null)[])[], levels: readonly number[]): NamedRatings {
  return ratingsFrom(
    units.flatMap((row, item) => row.map((score, rater) => ({ item: `${item}`, rater: `${rater}`, score }))),
    levels,
  )
}

/** A square table rater 1 x rater 2 as ratings by two raters, one item a count. */
export function ratingsOfTable(table: readonly (readonly number[])[]): NamedRatings {
  const units = table.flatMap((row, first) =>
    row.flatMap((count, second) => Array.from({ length: count }, () => [first + 1, second + 1])),
  )
  return ratingsOfGrid(
    units,
    table.map((_row, level) => level + 1),
  )
}

/** Simulated panels of raters whose true agreement is known, for the coverage of intervals. */
import type { Ratings } from '#app/stats/agreement/ratings.ts'
import { normalDraws } from '#app/stats/drift/normal-draws.ts'
import { normalQuantile } from '#app/stats/inference/normal.ts'
import { type Random, seededRandom } from '#app/stats/random.ts'

/**
 * Behind each score lies item + severity of the rater + noise, normal, cut into levels of about these shares. `raters` of them are
 * drawn, `overlap` rate each item. Noise has variance 1.
 */
export type PanelDesign = {
  items: number
  raters: number
  overlap: number
  itemSd: number
  severitySd: number
  shares: readonly number[]
}

export type Panel = { severities: number[]; cuts: number[]; design: PanelDesign }

export function drawPanel(design: PanelDesign, seed: number): Panel {
  const normal = normalDraws(seededRandom(seed))
  const { itemSd, severitySd, shares, raters } = design
  const spread = Math.sqrt(itemSd ** 2 + severitySd ** 2 + 1)
  let below = 0
  const cuts = shares.slice(0, -1).map((share) => {
    below += share
    return spread * normalQuantile(below)
  })
  return { severities: Array.from({ length: raters }, () => severitySd * normal()), cuts, design }
}

/** Ratings by the panel of so many new items. `each`: noise shared between two sets of scores of the same items, for paired tests. */
export function rate({ severities, cuts, design }: Panel, items: number, random: Random): Ratings {
  const normal = normalDraws(random)
  const { overlap, raters, itemSd, shares } = design
  const size = items * overlap
  const [item, rater, level] = [new Uint32Array(size), new Uint32Array(size), new Uint8Array(size)]
  let n = 0
  for (let i = 0; i < items; i++) {
    const quality = itemSd * normal()
    for (const who of some(raters, overlap, random)) {
      const value = quality - (severities[who] as number) + normal()
      item[n] = i
      rater[n] = who
      level[n] = levelOf(value, cuts)
      n++
    }
  }
  return { levels: shares.map((_, k) => k + 1), itemCount: items, raterCount: raters, item, rater, level }
}

/** Two dimensions scored by the same raters of the same items, the second with noise of `noise` times the first's. */
export function rateTwice(panel: Panel, items: number, noise: number, random: Random): [Ratings, Ratings] {
  const normal = normalDraws(random)
  const { severities, cuts, design } = panel
  const { overlap, raters, itemSd, shares } = design
  const columns = () => {
    const size = items * overlap
    return { item: new Uint32Array(size), rater: new Uint32Array(size), level: new Uint8Array(size) }
  }
  const [one, other] = [columns(), columns()]
  let n = 0
  for (let i = 0; i < items; i++) {
    const quality = itemSd * normal()
    for (const who of some(raters, overlap, random)) {
      const severity = severities[who] as number
      for (const [into, scale] of [
        [one, 1],
        [other, noise],
      ] as const) {
        into.item[n] = i
        into.rater[n] = who
        into.level[n] = levelOf(quality - severity + scale * normal(), cuts)
      }
      n++
    }
  }
  const common = { levels: shares.map((_, k) => k + 1), itemCount: items, raterCount: raters }
  return [
    { ...common, ...one },
    { ...common, ...other },
  ]
}

const levelOf = (value: number, cuts: readonly number[]): number =>
  cuts.reduce((sum, cut) => sum + (value > cut ? 1 : 0), 0)

/** So many different raters, by lot. */
function some(raters: number, count: number, random: Random): number[] {
  const all = Array.from({ length: raters }, (_, i) => i)
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random.uniform() * (raters - i))
    const kept = all[i] as number
    all[i] = all[j] as number
    all[j] = kept
  }
  return all.slice(0, count)
}

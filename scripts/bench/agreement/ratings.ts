import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import type { Ratings } from '#app/stats/agreement/ratings.ts'
import { normalDraws } from '#app/stats/drift/normal-draws.ts'
import { type LatentLevels, latentLevels } from '#app/stats/planning/latent-levels.ts'
import { seededRandom } from '#app/stats/random.ts'

/** Level shares and agreement of the simulated ratings. */
const SHARES = [0.08, 0.22, 0.45, 0.25]
const ALPHA = 0.7
const RATERS = 60
const MISSING = 0.1

/** Ratings of so many items by three of 60 raters each on four levels, a tenth of them missing. */
export function manyRatings(items: number, seed = 1): Ratings {
  const random = seededRandom(seed)
  const normal = normalDraws(random)
  const model: LatentLevels = latentLevels(ALPHA, SHARES)
  const [own, spread] = [Math.sqrt(model.correlation), Math.sqrt(1 - model.correlation)]
  const item = new Uint32Array(items * 3)
  const rater = new Uint32Array(items * 3)
  const level = new Uint8Array(items * 3)
  let n = 0
  for (let i = 0; i < items; i++) {
    const quality = own * normal()
    const first = Math.floor(random.uniform() * RATERS)
    for (const step of [0, 7, 23]) {
      const value = quality + spread * normal()
      if (random.uniform() < MISSING) continue
      item[n] = i
      rater[n] = (first + step) % RATERS
      level[n] = model.cuts.reduce((sum, cut) => sum + (value > cut ? 1 : 0), 0)
      n++
    }
  }
  return {
    levels: [1, 2, 3, 4],
    itemCount: items,
    raterCount: RATERS,
    item: item.subarray(0, n),
    rater: rater.subarray(0, n),
    level: level.subarray(0, n),
  }
}

/** The ratings as a CSV file. */
export async function writeRatings(path: string, { item, rater, level, levels }: Ratings): Promise<void> {
  const out = createWriteStream(path)
  out.write('item,rater,score\n')
  let lines: string[] = []
  for (let i = 0; i < item.length; i++) {
    lines.push(`item-${item[i]},rater-${rater[i]},${levels[level[i] as number]}\n`)
    if (lines.length < 20_000) continue
    if (!out.write(lines.join(''))) await once(out, 'drain')
    lines = []
  }
  out.end(lines.join(''))
  await once(out, 'finish')
}

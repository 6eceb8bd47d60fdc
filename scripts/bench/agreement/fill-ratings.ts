/** Ratings in force under a round that `fillRound` made, for pages that compute from them. */
import Sqlite from 'better-sqlite3'
import { normalDraws } from '#app/stats/drift/normal-draws.ts'
import { latentLevels } from '#app/stats/planning/latent-levels.ts'
import { seededRandom } from '#app/stats/random.ts'
import type { Filled } from '../fill.ts'

const SHARES = [0.1, 0.25, 0.4, 0.25]
const ALPHA = 0.7

/** Three ratings of each of so many items, all dimensions scored, by the round's raters in turn. Returns the ratings made. */
export function fillRatings({ url, rubric, round, raters }: Filled, items: number, seed = 7): number {
  const file = new Sqlite(url.replace(/^file:/, ''))
  const random = seededRandom(seed)
  const normal = normalDraws(random)
  const model = latentLevels(ALPHA, SHARES)
  const [own, spread] = [Math.sqrt(model.correlation), Math.sqrt(1 - model.correlation)]
  const rating = file.prepare(
    `insert into ratings (id, item_id, round_id, rater_id, rubric_version_id, submission_id, revision, source, better_answer,
       evidence, references_seen, changed_after_references, submitted_at)
     values (@id, @item, @round, @rater, @version, @id, 1, 'app', '', '[]', 0, 0, @at)`,
  )
  const score = file.prepare(`insert into scores (rating_id, dimension_id, level, note) values (?, ?, ?, '')`)
  file.pragma('synchronous = off')
  file.exec('begin')
  let made = 0
  for (let i = 1; i <= items; i++) {
    const first = Math.floor(random.uniform() * raters.length)
    const qualities = rubric.dimensions.map(() => own * normal())
    for (const step of [0, 1, 2]) {
      const id = `a${String(made).padStart(9, '0')}`
      const rater = raters[(first + step * 7) % raters.length]?.user.id
      rating.run({
        id,
        item: `t${String(i).padStart(8, '0')}`,
        round,
        rater,
        version: rubric.versionId,
        at: 1_700_000_000_000 + made,
      })
      rubric.dimensions.forEach((dimension, d) => {
        const value = (qualities[d] as number) + spread * normal()
        score.run(id, dimension.id, 1 + model.cuts.reduce((sum, cut) => sum + (value > cut ? 1 : 0), 0))
      })
      made++
    }
  }
  file.exec('commit')
  file.exec('analyze')
  file.pragma('wal_checkpoint(truncate)')
  file.close()
  return made
}

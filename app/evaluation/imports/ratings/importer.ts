import { type RatingRecord, ratingKind } from '#app/formats/rating.ts'
import type { Import, Importer } from '../importer.ts'
import { noSystem } from '../lookups.ts'
import { peopleNamed } from '../people.ts'
import { Gathered } from './gather.ts'
import { type ResolvedRating, resolveRatings } from './resolve.ts'
import { versionFor } from './rubric.ts'
import { storeRound } from './store.ts'

/**
 * Stores ratings made elsewhere. The lines of a rating may stand anywhere in the file, so all are gathered before any is
 * stored. A dimension without a line stays without a score.
 */
export const ratingsImporter: Importer<RatingRecord> = {
  permission: 'ratings.import',
  kind: ratingKind,
  required: ({ systemVersion }) => [
    'case',
    'rater',
    'dimension',
    ...(systemVersion === undefined ? ['system_version'] : []),
  ],
  async begin(run) {
    const gathered = new Gathered()
    const roundOfFile = run.options.round ?? nameOf(run.fileName)
    return {
      async take(batch) {
        for (const one of batch) {
          const system = one.record.system_version ?? run.options.systemVersion
          const round = one.record.round ?? roundOfFile
          const fault = system === undefined ? noSystem(one.line) : gathered.add(one, { round, system })
          if (fault) run.faults.add(fault)
        }
      },
      end: () => storeAll(run, gathered),
    }
  },
}

/** `ratings-may.csv` is the round “ratings-may”. */
const nameOf = (fileName: string) => fileName.replace(/\.[a-z]{1,6}$/i, '')

async function storeAll(run: Import, { ratings }: Gathered): Promise<void> {
  const version = await versionFor(run, () => ratings.flatMap(({ scores }) => scores))
  const resolved = await resolveRatings(run, ratings, version)
  if (run.faults.any) return
  const people = await peopleNamed(
    run,
    ratings.map(({ rater }) => rater),
    { asRaters: true },
  )
  const byRound = new Map<string, ResolvedRating[]>()
  for (const [i, rating] of resolved.entries()) {
    const round = ratings[i]?.round ?? ''
    const there = byRound.get(round)
    if (there) there.push(rating)
    else byRound.set(round, [rating])
  }
  for (const [name, given] of byRound) await storeRound(run, name, version, given, people)
}

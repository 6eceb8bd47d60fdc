/** Columns kept from one process to the next: a file saves the reading of many ratings, and never decides what they are. */
import { join } from 'node:path'
import { sha256 } from '#app/ambient.ts'
import { env } from '#app/env.server.ts'
import { RATING_SOURCES } from '#db/schema/ratings.ts'
import type { Database } from '#db/store.server.ts'
import { urlOf } from '#db/url-of.server.ts'
import type { Columns } from '../columns.ts'
import { fits, type Kept } from '../refresh.ts'
import { bytesIn, folderIn, putBytes } from './folder.ts'
import { bytesOf, keptFrom, type Saved, savedIn } from './format.ts'
import { isOf, supersedingOf } from './proof.ts'

const NAME_DIGITS = 40

type Dimensions = Columns['dimensions']

/** What a file is of: a rubric version in a database, as its levels are coded. Credentials are no part of it. */
function keyOf(url: string, rubricVersionId: string, dimensions: Dimensions): string {
  const where = url.startsWith('file:') ? url : withoutCredentials(new URL(url))
  return sha256(JSON.stringify([where, rubricVersionId, dimensions, RATING_SOURCES]))
}

const withoutCredentials = ({ host, pathname }: URL): string => `${host}${pathname}`

/** What an earlier process read; null without a file that is of this database, rubric version and format. */
export async function keptInFile(
  read: Database,
  rubricVersionId: string,
  dimensions: Dimensions,
): Promise<Kept | null> {
  const url = urlOf(read)
  if (url === null) return null
  const key = keyOf(url, rubricVersionId, dimensions)
  const bytes = await bytesIn(join(folderIn(env().dataDir), nameOf(key)))
  const saved = bytes && savedIn(bytes, key, dimensions)
  return saved && (await isOf(read, rubricVersionId, saved)) ? keptFrom(saved) : null
}

/** Writes the file. Rejects where that fails; what is kept in memory is sound all the same. */
export async function keepInFile(read: Database, rubricVersionId: string, kept: Kept): Promise<void> {
  const url = urlOf(read)
  if (url === null) return
  const now = await supersedingOf(read, rubricVersionId)
  const rounds: [string, ReturnType<Saved['rounds']['get']> & object][] = []
  for (const [id, round] of kept.rounds) {
    const found = now.get(id)
    const same = found?.counts.ratings === round.counts.ratings && found.counts.superseded === round.counts.superseded
    // rated meanwhile: the next time will do
    if (!found || !same || !fits(round, round.counts)) return
    rounds.push([id, { ...round, superseding: found.superseding }])
  }
  const key = keyOf(url, rubricVersionId, kept.columns.dimensions)
  const bytes = bytesOf({ key, columns: kept.columns, rounds: new Map(rounds) })
  kept.news = 0
  await putBytes(folderIn(env().dataDir), nameOf(key), bytes)
}

const nameOf = (key: string): string => key.slice(0, NAME_DIGITS)

import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/store.server.ts'
import type { RatedIn, RatedSoFar } from './shown.ts'

type Row = {
  response: string
  roundId: string
  round: string
  versionId: string
  version: string
  ratings: number
  last: number
  sum: number
  judged: number
  lowest: number
  highest: number
}

const inList = (values: readonly string[]): SQL =>
  sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )

const number = (column: string) => sql<number>`${sql.raw(`x.${column}`)}`.mapWith(Number)
const word = (column: string) => sql<string>`${sql.raw(`x.${column}`)}`

/** By round and rubric version, the newest first; one query whatever the number of responses, through the index of items by case. */
async function rowsOf(db: Database, responseIds: readonly string[]): Promise<Row[]> {
  return await db
    .select({
      response: word('response_id'),
      roundId: word('round_id'),
      round: word('round_name'),
      versionId: word('version_id'),
      version: word('version_name'),
      ratings: number('ratings'),
      last: number('last'),
      sum: number('level_sum'),
      judged: number('judged'),
      lowest: number('lowest'),
      highest: number('highest'),
    })
    .from(sql`(
      select i.response_id, d.id as round_id, d.name as round_name, v.id as version_id,
        b.name || ', version ' || v.number as version_name, count(distinct t.id) as ratings,
        max(t.submitted_at) as last, coalesce(sum(s.level), 0) as level_sum, count(s.level) as judged,
        (select min(l.value) from levels l join dimensions m on m.id = l.dimension_id
          where m.rubric_version_id = v.id) as lowest,
        (select max(l.value) from levels l join dimensions m on m.id = l.dimension_id
          where m.rubric_version_id = v.id) as highest
      from responses r join items i on i.case_id = r.case_id and i.response_id = r.id
        join ratings t on t.item_id = i.id and t.superseded_at is null
        join rounds d on d.id = t.round_id
        join rubric_versions v on v.id = t.rubric_version_id join rubrics b on b.id = v.rubric_id
        left join scores s on s.rating_id = t.id
      where r.id in (${inList(responseIds)})
      group by i.response_id, d.id, d.name, v.id, b.name, v.number) x`)
    .orderBy(sql`x.last desc`, sql`x.round_id`)
}

/** How each of the responses was rated so far, by its id; one that was not is not in it. */
export async function ratedSoFar(db: Database, responseIds: readonly string[]): Promise<Map<string, RatedSoFar>> {
  if (responseIds.length === 0) return new Map()
  const byResponse = new Map<string, Row[]>()
  for (const row of await rowsOf(db, responseIds)) {
    byResponse.set(row.response, [...(byResponse.get(row.response) ?? []), row])
  }
  return new Map([...byResponse].map(([id, rows]) => [id, summed(rows)]))
}

/** Levels of different rubric versions are never averaged together: the mean is of the newest one. */
function summed(rows: readonly Row[]): RatedSoFar {
  const newest = rows[0]
  const own = rows.filter(({ versionId }) => versionId === newest?.versionId)
  const judged = own.reduce((sum, row) => sum + row.judged, 0)
  const rounds = new Map<string, RatedIn>()
  for (const { roundId, round, ratings, last } of rows) {
    const known = rounds.get(roundId)
    if (known) known.ratings += ratings
    else rounds.set(roundId, { round: { id: roundId, name: round }, ratings, last })
  }
  return {
    ratings: rows.reduce((sum, row) => sum + row.ratings, 0),
    mean:
      newest && judged > 0
        ? {
            value: own.reduce((sum, row) => sum + row.sum, 0) / judged,
            lowest: newest.lowest,
            highest: newest.highest,
            version: newest.version,
          }
        : null,
    rounds: [...rounds.values()],
  }
}
